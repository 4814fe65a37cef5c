import type { Input, OperationName } from '#providers/port/index'
import type { Received } from '#test/upstream'

/** Of what a request says, that which is not the caller's: our own id, the page of a list. */
export const OURS: readonly string[] = ['reference', 'page']

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function pathsIn(value: object): string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => [
    name,
    ...(isTree(inner) ? pathsIn(inner).map(path => `${name}.${path}`) : []),
  ])
}

/** The names of the parts of a multipart body. */
function partsIn(body: string): string[] {
  return [...body.matchAll(/^content-disposition: form-data; name="([^"]+)"/gim)].map(([, name = '']) => name)
}

/** Every field of the query and the body, as Laravel names them: `tenants.0.email_address`. */
export function fieldsSent({ path, body }: Pick<Received, 'path' | 'body'>): string[] {
  const query = [...new URL(path, 'http://127.0.0.1').searchParams.keys()]
  if (body.startsWith('--')) return [...query, ...partsIn(body)]
  const value: unknown = body === '' ? null : JSON.parse(body)
  return [...query, ...(isTree(value) ? pathsIn(value) : [])]
}

/** What the port says that pointers are relative to. */
function rootOf(input: Input<OperationName>): unknown {
  if ('tenant' in input) return input.tenant
  if ('invite' in input) return input.invite
  if ('filters' in input) return input.filters
  return 'changes' in input ? input.changes : input
}

/** Whether a JSON Pointer leads to a field of the input. The offer that a lead is made from carries the quote's id. */
export function leadsInto(input: Input<OperationName>, pointer: string): boolean {
  const names = pointer
    .replace(/^\/offer_id$/, '/provider_quote_id')
    .split('/')
    .slice(1)
  let at = rootOf(input)
  for (const name of names) {
    if (!isTree(at) || !Object.hasOwn(at, name)) return false
    at = Reflect.get(at, name)
  }
  return names.length > 0
}
