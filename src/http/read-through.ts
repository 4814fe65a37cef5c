import type { Caller } from '#http/caller'
import type { Cursors, Page, PageRequest } from '#http/list'

/** A page of an array that a provider gave whole, in the provider's order. The cursor holds how far it was shown. */
export function cutArray<T>(
  cursors: Cursors,
  rows: readonly T[],
  request: PageRequest,
  list: string,
  caller: Caller,
): Page<T> {
  const start = Number(request.after ?? 0)
  const numbered = rows.map((row, index) => ({ row, index })).slice(start, start + request.limit + 1)
  const page = cursors.page(numbered, request, list, caller, ({ index }) => String(index + 1))
  return { ...page, data: page.data.map(({ row }) => row) }
}
