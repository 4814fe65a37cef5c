import type { Entry } from '#journal/entry'

const SUFFIX = /-(\d+)$/

/**
 * What the provider is told to call it the next time, so that an earlier one that turns up late can be told apart:
 * `order_…-2`, `order_…-3`. Null where it takes no name.
 */
export function nextReference({ reference, attempts }: Pick<Entry, 'reference' | 'attempts'>): string | null {
  return reference === null ? null : `${reference.replace(SUFFIX, '')}-${attempts + 1}`
}

/** The names under which earlier attempts may have been carried out, the first one first. */
export function earlierReferences(reference: string): string[] {
  const number = Number(SUFFIX.exec(reference)?.[1] ?? 1)
  const plain = reference.replace(SUFFIX, '')
  return Array.from({ length: number - 1 }, (_, index) => (index === 0 ? plain : `${plain}-${index + 1}`))
}
