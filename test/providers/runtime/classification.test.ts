import { describe, expect, test } from 'vitest'
import { failureOf, startRuntime } from '#test/provider-runtime'
import type { Behaviour } from '#test/upstream'
import {
  answers,
  answersJson,
  answersPage,
  cutsBody,
  hangsUp,
  resets,
  sendsBytes,
  startUpstream,
} from '#test/upstream'

const refused = 'refused'
const unknown = 'unknown'

/** What the upstream does, and what it must be taken for; `calls` is how often a repeatable call is sent. */
const ends: readonly [string, Behaviour, { code: string; outcome: string; calls: number }][] = [
  ['400', answersJson({}, 400), { code: 'provider_rejected', outcome: refused, calls: 1 }],
  ['401', answersJson({}, 401), { code: 'provider_auth_failed', outcome: refused, calls: 1 }],
  ['403', answersJson({}, 403), { code: 'provider_auth_failed', outcome: refused, calls: 1 }],
  ['404', answersJson({}, 404), { code: 'provider_rejected', outcome: refused, calls: 1 }],
  ['409', answersJson({}, 409), { code: 'provider_rejected', outcome: refused, calls: 1 }],
  ['415', answersJson({}, 415), { code: 'provider_rejected', outcome: refused, calls: 1 }],
  ['422', answersJson({}, 422), { code: 'provider_rejected', outcome: refused, calls: 1 }],
  ['a refusal as a page', answersPage(404), { code: 'provider_rejected', outcome: refused, calls: 1 }],
  [
    'a refusal that is cut',
    cutsBody('{"message"', 90, 422),
    { code: 'provider_rejected', outcome: refused, calls: 1 },
  ],
  ['408', answersJson({}, 408), { code: 'provider_timeout', outcome: unknown, calls: 3 }],
  [
    '301',
    answers(301, '', { location: '/elsewhere' }),
    { code: 'provider_error', outcome: unknown, calls: 1 },
  ],
  ['304', answers(304, ''), { code: 'provider_error', outcome: unknown, calls: 1 }],
  ['500', answersJson({}, 500), { code: 'provider_error', outcome: unknown, calls: 3 }],
  ['502', answersPage(502), { code: 'provider_error', outcome: unknown, calls: 3 }],
  ['503', answersPage(503), { code: 'provider_unavailable', outcome: unknown, calls: 3 }],
  ['504', answersPage(504), { code: 'provider_error', outcome: unknown, calls: 3 }],
  ['a page with 200', answersPage(), { code: 'provider_error', outcome: unknown, calls: 3 }],
  ['an empty 200', answers(200, ''), { code: 'provider_error', outcome: unknown, calls: 1 }],
  ['a 204', answers(204, ''), { code: 'provider_error', outcome: unknown, calls: 1 }],
  ['another shape', answersJson({ count: 1 }), { code: 'provider_error', outcome: unknown, calls: 1 }],
  ['a cut body', cutsBody('{"found":1', 400), { code: 'provider_error', outcome: unknown, calls: 3 }],
  [
    'a length that is too short',
    answers(200, '{"found":1,"done":true}', { 'content-length': '9' }),
    { code: 'provider_error', outcome: unknown, calls: 3 },
  ],
  ['no HTTP', sendsBytes('SSH-2.0-OpenSSH_9.2\r\n'), { code: 'provider_error', outcome: unknown, calls: 3 }],
  ['a reset', resets, { code: 'provider_unavailable', outcome: unknown, calls: 3 }],
  ['a hang-up', hangsUp, { code: 'provider_unavailable', outcome: unknown, calls: 3 }],
]

describe('a repeatable call', () => {
  test.each(ends)('that ends with %s', async (_, behaviour, { code, outcome, calls }) => {
    const upstream = await startUpstream()
    upstream.otherwise(behaviour)
    expect(await failureOf(startRuntime(upstream.url).search())).toMatchObject({ code, outcome })
    expect(upstream.requests).toHaveLength(calls)
  })
})

describe('an unsafe call', () => {
  test.each(ends)('that ends with %s is sent once', async (_, behaviour, { code, outcome }) => {
    const upstream = await startUpstream()
    upstream.otherwise(upstream.applies(behaviour))
    const started = startRuntime(upstream.url)
    expect(await failureOf(started.remove())).toMatchObject({ code, outcome })
    expect(upstream.effects).toBe(1)
    expect(started.calls).toMatchObject([{ outcome, errorCode: code, method: 'POST', attempt: 1 }])
  })
})
