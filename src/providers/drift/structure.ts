/** What kind of JSON value something is; a number with a fraction is a number like any other. */
export type JsonType = 'array' | 'boolean' | 'null' | 'number' | 'object' | 'string'

/** A value with the path that leads to it. */
export interface Part {
  readonly path: string
  readonly value: unknown
}

/** The path of a whole answer; `$.data[].id` is one within it. */
export const ROOT = '$'
/** Deeper than that nobody looks. */
export const DEEPEST = 12
const MOST_ITEMS = 100
const MOST_KEYS = 200
const LONGEST_NAME = 64

/** Words and small numbers as programmers join them: `line_2`, `pricePerMonth`, `x-request-id`. */
const NAME = /^_?[a-z][a-zA-Z]*(?:[_-]?\d{1,4}(?!\d)|[_-][a-zA-Z]+)*$/

export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  switch (typeof value) {
    case 'boolean':
      return 'boolean'
    case 'number':
      return 'number'
    case 'string':
      return 'string'
    default:
      return 'object'
  }
}

/** A key that is data (an id, a date, an address) is not told: it becomes `*`, one place for all of its kind. */
function nameOf(key: string): string {
  return key.length <= LONGEST_NAME && NAME.test(key) ? key : '*'
}

/** What an array or object holds, one level down. Of very many items or keys only the first are looked at. */
export function partsOf({ path, value }: Part): Part[] {
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ITEMS).map((item: unknown) => ({ path: `${path}[]`, value: item }))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .slice(0, MOST_KEYS)
    .map(([key, item]: [string, unknown]) => ({ path: `${path}.${nameOf(key)}`, value: item }))
}
