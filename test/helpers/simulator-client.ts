import { request } from 'undici'
import { z } from 'zod'
import type { RunningSimulator } from '#simulators/core/simulator'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly text?: string
  readonly signal?: AbortSignal
}

function bodyOf({ json, form, text }: Ask): { type: string | null; body: string | null } {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) }
  if (form) return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() }
  return { type: null, body: text ?? null }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** One request, nothing added to it. Rejects with undici's error when the connection breaks. */
export async function ask(url: string, method: Method, given: Ask = {}): Promise<Reply> {
  const { type, body } = bodyOf(given)
  const contentType = type === null ? {} : { 'content-type': type }
  const headers = { ...contentType, ...given.headers }
  const answer = await request(url, { method, body, headers, signal: given.signal ?? null })
  const text = await answer.body.text()
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
}

export interface SimulatorClient {
  get(path: string): Promise<Reply>
  post(path: string, json: unknown): Promise<Reply>
  patch(path: string, json: unknown): Promise<Reply>
  delete(path: string): Promise<Reply>
}

/** A client that presents itself as the document says. */
export function clientOf(
  simulator: RunningSimulator,
  headers: Readonly<Record<string, string>>,
): SimulatorClient {
  const send = (method: Method, path: string, json?: unknown) =>
    ask(`${simulator.url}${path}`, method, json === undefined ? { headers } : { headers, json })
  return {
    get: path => send('GET', path),
    post: (path, json) => send('POST', path, json),
    patch: (path, json) => send('PATCH', path, json),
    delete: path => send('DELETE', path),
  }
}

export function homeboxClient(simulator: RunningSimulator): SimulatorClient {
  const authorization = `Bearer ${simulator.credentials['token']}`
  return clientOf(simulator, { authorization, accept: 'application/json' })
}

export function tokenForm(simulator: RunningSimulator, scope = 'leads quotes'): Record<string, string> {
  return { grant_type: 'client_credentials', ...simulator.credentials, scope }
}

export async function oneUtilityBillClient(simulator: RunningSimulator): Promise<SimulatorClient> {
  const answer = await ask(`${simulator.url}/oauth/token`, 'POST', { form: tokenForm(simulator) })
  const authorization = `Bearer ${z.object({ access_token: z.string() }).parse(answer.body).access_token}`
  return clientOf(simulator, { authorization, accept: 'application/json' })
}

/** The value at a path of an answer, such as `at(body, 'data', 0, 'id')`. */
export function at(body: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  )
}

/** Every field name of a JSON value with its path, list items folded into one. */
export function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(item => fieldsOf(item, `${path}[]`)))]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [
    `${path}/${key}`,
    ...fieldsOf(item, `${path}/${key}`),
  ])
}
