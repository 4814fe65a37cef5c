/** One page of a provider's list, in the provider's order. */
export interface ProviderPage<T> {
  readonly items: readonly T[]
  /** How many pages there are; null where the provider does not say. */
  readonly pages: number | null
  /** How many items there are on all pages; null where the provider does not say. */
  readonly total: number | null
}

/** Where a reader of pages stands after having read one. */
export interface PagePosition {
  /** Number of the page just read, from 1. */
  readonly page: number
  /** Items seen so far, those of this page included. */
  readonly seen: number
}

/** A list ends at its last page, at its count of items or at an empty page, whichever comes first. */
export function isLastPage(read: ProviderPage<unknown>, { page, seen }: PagePosition): boolean {
  if (read.items.length === 0) return true
  return (read.pages !== null && page >= read.pages) || (read.total !== null && seen >= read.total)
}
