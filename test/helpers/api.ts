import type { FastifyInstance, InjectOptions } from 'fastify'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The parsed body, or its text where it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer
  readonly body: any
  readonly text: string
}

export interface ApiRequest {
  readonly body?: unknown
  /** Sent as it is, for bodies that are no JSON. */
  readonly payload?: string | Buffer
  readonly key?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls the gateway as a client would, without a socket. `key` is the default bearer. */
export function createApi(app: FastifyInstance, key: string) {
  return async (
    route: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`,
    request: ApiRequest = {},
  ): Promise<ApiAnswer> => {
    const [method, url] = route.split(' ')
    const bearer = request.key === undefined ? key : request.key
    const payload = request.payload ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
    const headers = {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    }
    const options = { method, url, headers, ...(payload === undefined ? {} : { payload }) } as InjectOptions
    const response = await app.inject(options)
    const type = String(response.headers['content-type'] ?? '')
    const flat = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name,
        value === undefined ? undefined : String(value),
      ]),
    )
    return {
      status: response.statusCode,
      headers: flat,
      body: type.includes('json') ? response.json() : response.body,
      text: response.body,
    }
  }
}
export type Api = ReturnType<typeof createApi>
