import type { z } from 'zod'
import { type Answer, type Dialect, Refusal } from '#simulators/core/endpoint'

const says = (status: number, detail: string): Answer => ({ status, body: { detail } })

/** The document shows no refusal of a request: this is how Django REST framework words one. */
export const mybeezboxDialect = {
  refused: () => ({ status: 400, body: { non_field_errors: ['This is refused.'] } }),
  unauthorized: () => says(401, 'Invalid token.'),
  forbidden: () => says(403, 'You do not have permission to perform this action.'),
  rateLimited: waitMs => ({
    ...says(429, 'Request was throttled.'),
    headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
  }),
  error: () => says(500, 'Server Error'),
  unavailable: () => says(503, 'Service Unavailable'),
  notFound: () => says(404, 'Not found.'),
  strayQuery: key => ({ status: 400, body: { [key]: ['Unknown parameter.'] } }),
  unreadable: () => says(400, 'JSON parse error'),
} as const satisfies Dialect

export function missingToken(): Answer {
  return says(401, 'Authentication credentials were not provided.')
}

export function notFound(): Refusal {
  return new Refusal(mybeezboxDialect.notFound())
}

/** 400 with messages by field. */
export function invalid(fields: Readonly<Record<string, readonly string[]>>): Refusal {
  return new Refusal({ status: 400, body: fields })
}

/** What stands at a path of messages that are nested as the request is; made where there is nothing yet. */
function place(messages: Map<string, unknown>, path: readonly PropertyKey[], message: string): void {
  const [first = 'non_field_errors', ...rest] = path.map(String)
  if (rest.length === 0) {
    const found = messages.get(first)
    messages.set(first, Array.isArray(found) ? [...found, message] : [message])
    return
  }
  const found = messages.get(first)
  const inner = found instanceof Map ? found : new Map<string, unknown>()
  messages.set(first, inner)
  place(inner, rest, message)
}

function plain(messages: Map<string, unknown>): object {
  const entries = [...messages].map(([key, value]) => [key, value instanceof Map ? plain(value) : value])
  return Object.fromEntries(entries)
}

/** Reads a body as strictly as the document has it. Throws Refusal. */
export function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  const messages = new Map<string, unknown>()
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) place(messages, [...issue.path, key], 'Unknown field.')
    else place(messages, issue.path, issue.input === undefined ? 'This field is required.' : issue.message)
  }
  throw new Refusal({ status: 400, body: plain(messages) })
}
