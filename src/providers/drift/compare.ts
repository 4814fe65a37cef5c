import type { Place, Shape } from '#providers/drift/baseline'
import { DEEPEST, type JsonType, type Part, partsOf, ROOT, typeOf } from '#providers/drift/structure'

export const driftKinds = ['new', 'missing', 'retyped'] as const
export type DriftKind = (typeof driftKinds)[number]

/** One place at which an answer is of another structure than its baseline: names and types, never a value. */
export interface Difference {
  readonly path: string
  readonly kind: DriftKind
  /** The baseline's types; null where it knows nothing there. */
  readonly expected: string | null
  /** The type that was found; null where there is nothing. */
  readonly found: string | null
}

const MOST_PLACES = 10_000
const MOST_DIFFERENCES = 50
/** An object with more new names than that is keyed by data that looks like names. */
const MOST_NEW_NAMES = 10

/** Null is no other type: it is a value that is not there, which few documents say of a field and many fields are. */
function isRetyped(type: JsonType, { allows }: Place): boolean {
  return type !== 'null' && allows.size > 0 && !allows.has(type)
}

/** How an answer differs from a shape, each place once. What is within a new or retyped place is not looked into. */
export function differences(shape: Shape, answer: unknown): Difference[] {
  const found = new Map<string, Difference>()
  let left = MOST_PLACES

  function note(difference: Difference): void {
    const key = `${difference.kind} ${difference.path}`
    if (found.size < MOST_DIFFERENCES && !found.has(key)) found.set(key, difference)
  }

  function look(part: Part, depth: number): void {
    left -= 1
    const { path } = part
    const type = typeOf(part.value)
    const place = shape.get(path)
    if (!place) note({ path, kind: 'new', expected: null, found: type })
    else if (isRetyped(type, place)) note({ path, kind: 'retyped', expected: place.types, found: type })
    else if (!place.isOpen && depth < DEEPEST) {
      lookInto(part, depth)
      lookForMissing(part, place)
    }
  }

  function lookInto(whole: Part, depth: number): void {
    const parts = partsOf(whole)
    const unknown = new Set(parts.map(({ path }) => path).filter(path => !shape.has(path)))
    const isKeyedByData = unknown.size > MOST_NEW_NAMES
    for (const part of parts) {
      if (left <= 0) return
      const isHidden = isKeyedByData && unknown.has(part.path)
      look(isHidden ? { ...part, path: `${whole.path}.*` } : part, depth + 1)
    }
  }

  function lookForMissing({ path: whole, value }: Part, { required }: Place): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const path of required) {
      const isThere = Object.hasOwn(value, path.slice(whole.length + 1))
      if (!isThere) note({ path, kind: 'missing', expected: shape.get(path)?.types ?? null, found: null })
    }
  }

  look({ path: ROOT, value: answer }, 0)
  return [...found.values()]
}
