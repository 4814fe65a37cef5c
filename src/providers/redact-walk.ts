import type { Kind } from '#providers/redact-keys'
import { kindOf } from '#providers/redact-keys'
import { cut, searchable, storable, withoutKnown } from '#providers/redact-text'

const CUT = '[cut]'

/** What is kept of a body. The bounds are what makes walking a hostile one cheap. */
export interface Policy {
  readonly depth: number
  /** Of one array. */
  readonly items: number
  /** Characters of one text. */
  readonly text: number
  /** Values looked at in all; what comes after is cut. */
  readonly nodes: number
  /** What stands in place of a field's value, or undefined to look inside. `keys` are those of the whole object. */
  readonly field: (kind: Kind, value: unknown, keys: readonly string[]) => unknown
  readonly string: (text: string, kind: Kind) => string
  readonly number: (value: number, kind: Kind) => unknown
}

interface Walk {
  readonly policy: Policy
  /** Secrets of this very call, removed from every text. */
  readonly known: readonly string[]
  /** Keys come again and again; each is looked at once. */
  readonly keys: Map<string, { readonly kind: Kind; readonly shown: string }>
  left: number
}

function readText(text: string, kind: Kind, { policy, known }: Walk): string {
  return policy.string(storable(cut(withoutKnown(text, known), policy.text)), kind)
}

function readKey(key: string, walk: Walk): { readonly kind: Kind; readonly shown: string } {
  const seen = walk.keys.get(key)
  if (seen) return seen
  const read = { kind: kindOf(key), shown: readText(key, 'plain', walk) }
  walk.keys.set(key, read)
  return read
}

function walkArray(value: readonly unknown[], kind: Kind, depth: number, walk: Walk): unknown[] {
  const kept: unknown[] = []
  for (const item of value) {
    if (kept.length >= walk.policy.items || walk.left <= 0) return [...kept, CUT]
    kept.push(visit(item, kind, depth + 1, walk))
  }
  return kept
}

function walkObject(value: object, depth: number, walk: Walk): unknown {
  const keys = Object.keys(value)
  const entries: [string, unknown][] = []
  for (const [key, inner] of Object.entries(value)) {
    // A `__proto__` out of JSON is an own key here and a setter wherever this object is copied to.
    if (key === '__proto__' || inner === undefined) continue
    if (walk.left <= 0) {
      entries.push([CUT, true])
      break
    }
    const { kind, shown } = readKey(key, walk)
    const replaced = walk.policy.field(kind, inner, keys)
    entries.push([shown, replaced === undefined ? visit(inner, kind, depth + 1, walk) : replaced])
  }
  return Object.fromEntries(entries)
}

function visitObject(value: object, kind: Kind, depth: number, walk: Walk): unknown {
  if (depth >= walk.policy.depth || walk.left <= 0) return CUT
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  return Array.isArray(value) ? walkArray(value, kind, depth, walk) : walkObject(value, depth, walk)
}

function visit(value: unknown, kind: Kind, depth: number, walk: Walk): unknown {
  walk.left -= 1
  switch (typeof value) {
    case 'string':
      return readText(value, kind, walk)
    case 'bigint':
      return readText(String(value), kind, walk)
    case 'number':
      return Number.isFinite(value) ? walk.policy.number(value, kind) : null
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : visitObject(value, kind, depth, walk)
    default:
      return null
  }
}

/** A copy of a body under a policy, with the known secrets taken out of every text and key. Never throws. */
export function walk(body: unknown, secrets: readonly string[], policy: Policy): unknown {
  if (body === undefined) return null
  return visit(body, 'plain', 0, { policy, known: searchable(secrets), keys: new Map(), left: policy.nodes })
}
