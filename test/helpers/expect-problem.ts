import { expect } from 'vitest'
import { Problem, type ProblemCode, problems } from '#contract/problems'

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/** Fails unless the answer is this problem, whole and with every header that each answer has; returns its body. */
export function expectProblem(answer: Answered, code: ProblemCode): Problem {
  const { status, headers, text } = answer
  expect(`${status} ${text}`).toContain(`${problems[code].status} `)
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = Problem.strict().parse(JSON.parse(text))
  expect(problem).toMatchObject({ code, status, title: problems[code].title })
  expect(problem.type).toMatch(new RegExp(`^(https?://[^/]+)?/problems/${code}$`))
  expect(headers).toMatchObject({
    'x-request-id': problem.request_id,
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'no-store',
    'server-timing': expect.stringMatching(/^gateway;dur=\d+\.\d, upstream;dur=\d+\.\d$/),
  })
  expect(headers).not.toHaveProperty('server')
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(text).not.toMatch(/node_modules|\.ts:|at Object|SELECT|stack/)
  return problem
}
