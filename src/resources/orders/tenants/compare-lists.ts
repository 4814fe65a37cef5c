/** A row of ours beside the provider's list. */
export interface KnownRow {
  readonly uuid: string
  /** The provider's id of it, and since when we know it. */
  readonly providerId: string | null
  readonly mappedAt: Date | null
  /** Whether the provider has confirmed that it was made; else it may have been. */
  readonly confirmed: boolean
  readonly deletedAt: Date | null
}

export interface Pair<R, L> {
  readonly row: R
  readonly listed: L
}

/** What a list that was read at the provider says about our rows. */
export interface Comparison<R, L> {
  /** Listed under an id that we know. */
  readonly known: readonly Pair<R, L>[]
  /** Listed under an id that is new to us. */
  readonly found: readonly Pair<R, L>[]
  /** Nobody of ours. */
  readonly strangers: readonly L[]
  /** Not listed any more. */
  readonly gone: readonly R[]
}

/** Whether a row of ours and an entry of the provider's may be the same. */
export type Likeness<R, L> = (row: R, listed: L) => boolean

/** The surest likeness first; of two rows that are alike the confirmed one, then the earlier one. */
function pairUp<R extends KnownRow, L>(
  rows: readonly R[],
  listed: readonly L[],
  likenesses: readonly Likeness<R, L>[],
): Pair<R, L>[] {
  const free = [...rows.filter(row => row.confirmed), ...rows.filter(row => !row.confirmed)]
  const left = [...listed]
  const pairs: Pair<R, L>[] = []
  for (const isAlike of likenesses) {
    for (const entry of [...left]) {
      const index = free.findIndex(row => isAlike(row, entry))
      const [row] = index < 0 ? [] : free.splice(index, 1)
      if (!row) continue
      left.splice(left.indexOf(entry), 1)
      pairs.push({ row, listed: entry })
    }
  }
  return pairs
}

/**
 * Compares our rows, the removed ones among them, with a list of the provider's. What changed here after `readAt`, when
 * the list was asked for, is newer than the list and left as it is.
 */
export function compareLists<R extends KnownRow, L extends { readonly id: string }>(
  rows: readonly R[],
  listed: readonly L[],
  { likenesses, readAt }: { likenesses: readonly Likeness<R, L>[]; readAt: Date },
): Comparison<R, L> {
  const isSettled = (at: Date | null) => at === null || at < readAt
  const byId = new Map(rows.flatMap(row => (row.providerId === null ? [] : [[row.providerId, row] as const])))
  const known = listed.flatMap(entry => {
    const row = byId.get(entry.id)
    return row && isSettled(row.deletedAt) ? [{ row, listed: entry }] : []
  })
  const unknown = listed.filter(entry => !byId.has(entry.id))
  const unmapped = rows.filter(row => row.providerId === null && row.deletedAt === null)
  const found = pairUp(unmapped, unknown, likenesses)
  const ids = new Set(listed.map(entry => entry.id))
  return {
    known,
    found,
    strangers: unknown.filter(entry => !found.some(pair => pair.listed === entry)),
    gone: rows.filter(
      ({ providerId, mappedAt, deletedAt }) =>
        providerId !== null && !ids.has(providerId) && deletedAt === null && isSettled(mappedAt),
    ),
  }
}
