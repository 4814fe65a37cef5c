import { ProblemError } from '#http/problem-error'

/** What makes two requests the same one: who sent it where, under which key, with which body. */
export interface IdempotentRequest {
  readonly key: string
  readonly method: string
  /** The path that is meant, without the query. */
  readonly path: string
  /** The body as parsed, before anything is filled in. */
  readonly body: unknown
}

const PRINTABLE = /^[\x20-\x7e]{1,255}$/
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/

/**
 * The key of an `Idempotency-Key` header; the quoted form (a structured-field string) and the bare form are the same
 * key. Null without the header. Throws `malformed_request`.
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  const text = typeof header === 'string' ? header.trim() : ''
  const quoted = QUOTED.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1')
  const key = quoted ?? text
  if (PRINTABLE.test(key) && (quoted !== undefined || !text.startsWith('"'))) return key
  throw new ProblemError('malformed_request', 'Idempotency-Key must be 1 to 255 printable ASCII characters.')
}

/** JSON with sorted keys and no white space: what two spellings of the same body have in common. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}
