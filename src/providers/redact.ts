import { isAboutPerson, kindOf } from '#providers/redact-keys'
import {
  cut,
  PERSONAL,
  REMOVED,
  storable,
  withoutKnown,
  withoutPeople,
  withoutSecrets,
} from '#providers/redact-text'

const CUT = '[cut]'

interface Policy {
  readonly depth: number
  readonly items: number
  readonly text: number
  /** Values looked at in all; what comes after is cut. */
  readonly nodes: number
  /** What stands in place of a field's value, or undefined to look inside. */
  readonly field: (key: string, value: unknown, keys: readonly string[]) => unknown
  readonly string: (text: string, key: string) => string
  readonly number: (value: number, key: string) => unknown
}

interface Walk {
  readonly policy: Policy
  /** Secrets of this very call, removed from every text. */
  readonly known: readonly string[]
  left: number
}

function readText(text: string, key: string, { policy, known }: Walk): string {
  return policy.string(storable(cut(withoutKnown(text, known), policy.text)), key)
}

function walkArray(value: readonly unknown[], key: string, depth: number, walk: Walk): unknown[] {
  const kept: unknown[] = []
  for (const item of value) {
    if (kept.length >= walk.policy.items || walk.left <= 0) return [...kept, CUT]
    kept.push(visit(item, key, depth + 1, walk))
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
    const replaced = walk.policy.field(key, inner, keys)
    const kept = replaced === undefined ? visit(inner, key, depth + 1, walk) : replaced
    entries.push([readText(key, '', walk), kept])
  }
  return Object.fromEntries(entries)
}

function visitObject(value: object, key: string, depth: number, walk: Walk): unknown {
  if (depth >= walk.policy.depth || walk.left <= 0) return CUT
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  return Array.isArray(value) ? walkArray(value, key, depth, walk) : walkObject(value, depth, walk)
}

function visit(value: unknown, key: string, depth: number, walk: Walk): unknown {
  walk.left -= 1
  switch (typeof value) {
    case 'string':
      return readText(value, key, walk)
    case 'bigint':
      return readText(String(value), key, walk)
    case 'number':
      return Number.isFinite(value) ? walk.policy.number(value, key) : null
    case 'boolean':
      return value
    case 'object':
      return value === null ? null : visitObject(value, key, depth, walk)
    default:
      return null
  }
}

function apply(value: unknown, known: readonly string[], policy: Policy): unknown {
  return value === undefined ? null : visit(value, '', 0, { policy, known, left: policy.nodes })
}

const isUuid = (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
const isDate = (text: string) =>
  /^\d\d\/\d\d\/(\d\d){1,2}$/.test(text) ||
  /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d{1,2}(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)
const isShortId = (text: string) => /^[\w-]{1,64}$/.test(text)

/**
 * A body for the call log: no secret, no bank detail, and nothing that tells who a person is; addresses of properties
 * and the providers' ids stay, so that a call can be understood. Never throws, whatever the body holds.
 */
export function redactForLog(body: unknown, known: readonly string[]): unknown {
  const clean = (text: string) => withoutPeople(withoutSecrets(text))
  return apply(body, known, {
    depth: 8,
    items: 20,
    text: 500,
    nodes: 400,
    field: (key, value, keys) => {
      if (value === null || typeof value === 'boolean') return undefined
      const kind = kindOf(key)
      if (kind === 'secret' || kind === 'bank') return REMOVED
      if (kind === 'personal') return PERSONAL
      return /^name$/i.test(key) && typeof value === 'string' && isAboutPerson(keys) ? PERSONAL : undefined
    },
    string: (text, key) => {
      const harmless = isUuid(text) || isDate(text) || (kindOf(key) === 'id' && isShortId(text))
      return harmless ? text : clean(text)
    },
    number: (value, key) =>
      kindOf(key) === 'id' || Math.abs(value) < 100_000 ? value : clean(String(value)),
  })
}

/**
 * A provider's answer as its owner may see it (`include=provider_data`): people's data stays, bank details, passwords
 * and tokens are taken out. Never throws.
 */
export function redactPayload(body: unknown, known: readonly string[]): unknown {
  return apply(body, known, {
    depth: 40,
    items: 5_000,
    text: 50_000,
    nodes: 50_000,
    field: (key, value) => {
      if (value === null || typeof value === 'boolean') return undefined
      const kind = kindOf(key)
      return kind === 'secret' || kind === 'bank' ? REMOVED : undefined
    },
    string: withoutSecrets,
    number: value => value,
  })
}

/** `****5678`: enough to recognise a number by, and never more than half of it. */
function masked(value: unknown): string {
  const text = String(value)
  return `****${text.slice(-Math.min(4, Math.floor(text.length / 2)) || text.length)}`
}

/** A request body as a preview shows it to the one who asked: bank details masked, secrets removed. */
export function maskForPreview(body: unknown, known: readonly string[]): unknown {
  return apply(body, known, {
    depth: 20,
    items: 500,
    text: 5_000,
    nodes: 10_000,
    field: (key, value) => {
      if (value === null || typeof value === 'boolean') return undefined
      const kind = kindOf(key)
      if (kind === 'secret') return REMOVED
      return kind === 'bank' && typeof value !== 'object' ? masked(value) : undefined
    },
    string: withoutSecrets,
    number: value => value,
  })
}
