import { z } from 'zod'
import { CommandFailure } from '#cli/command-failure'
import { reasonOf } from '#cli/explain-failure'
import { plain } from '#cli/terminal'
import { Problem } from '#contract/problems'

/** For one answer: longer than the service waits for the slowest of its providers. */
const PATIENCE_MS = 60_000

export interface ApiRequest {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface ApiAnswer<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** The service answered with a problem. */
export class ServiceProblem extends CommandFailure {
  override readonly name = 'ServiceProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    const fields = (problem.errors ?? []).map(
      ({ pointer, message }) => `\n  ${plain(`${pointer} ${message}`)}`,
    )
    super(`${plain(problem.detail)} (${problem.code}, ${problem.request_id})${fields.join('')}`)
    this.problem = problem
  }
}

/** Nobody answers, or nobody who speaks our contract. */
export class ServiceUnreachable extends CommandFailure {
  override readonly name = 'ServiceUnreachable'
}

/** Speaks to a service as every client does. */
export interface ApiClient {
  readonly url: string
  /** Throws ServiceProblem and ServiceUnreachable. */
  call<S extends z.ZodType>(
    route: `${'GET' | 'POST' | 'PATCH'} /${string}`,
    schema: S,
    request?: ApiRequest,
  ): Promise<ApiAnswer<z.output<S>>>
}

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' })
    return z.NEVER
  }
})

export interface ApiClientOptions {
  /** Without a slash at its end. */
  readonly url: string
  readonly key: string | null
  readonly patienceMs?: number
}

export function createApiClient({ url, key, patienceMs = PATIENCE_MS }: ApiClientOptions): ApiClient {
  const authorization = key === null ? {} : { authorization: `Bearer ${key}` }

  async function send(method: string, path: string, { body, headers }: ApiRequest) {
    const content = body === undefined ? {} : { 'content-type': 'application/json' }
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { ...authorization, ...content, ...headers },
        redirect: 'error', // the key is for this address alone
        signal: AbortSignal.timeout(patienceMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { response, text: await response.text() }
    } catch (err) {
      const cause = err instanceof Error && err.cause !== undefined ? err.cause : err
      throw new ServiceUnreachable(`No service answers at ${url}: ${reasonOf(cause)}`, { cause: err })
    }
  }

  return {
    url,
    async call(route, schema, request = {}) {
      const [method = '', path = ''] = route.split(' ')
      const { response, text } = await send(method, path, request)
      const { status, headers, ok } = response
      const json = Json.safeParse(text)
      if (!ok) {
        const problem = Problem.safeParse(json.data)
        if (problem.success) throw new ServiceProblem(problem.data)
        throw new ServiceUnreachable(`${url} answers ${status}, and not as Billbridge does.`)
      }
      const parsed = schema.safeParse(json.data)
      if (parsed.success) return { status, headers, body: parsed.data }
      const [issue] = parsed.error.issues
      const what = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
      throw new ServiceUnreachable(`${url} does not answer ${method} ${path} as Billbridge does: ${what}`)
    },
  }
}
