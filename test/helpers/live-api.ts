import type { Api } from '#test/api'

/** Calls a gateway over a socket, as `createApi` does without one. Rejects when the connection breaks. */
export function createLiveApi(address: string, key: string): Api {
  return async (route, request = {}) => {
    const [method = '', path = ''] = route.split(' ')
    const bearer = request.key === undefined ? key : request.key
    const payload = request.payload ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
    const headers = {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    }
    const sent = payload === undefined ? {} : { body: payload }
    const answer = await fetch(`${address}${path}`, { method, headers, ...sent })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: isJson ? JSON.parse(text) : text,
      text,
    }
  }
}
