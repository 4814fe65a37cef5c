import type { Caller } from '#http/caller'
import type { Cursors, Page, PageRequest } from '#http/list'
import { isLastPage, type ProviderPage } from '#providers/port/paging'

/** Where a list of a provider goes on: its page, how many items of that were shown, how many are on pages before it. */
interface Position {
  readonly page: number
  readonly offset: number
  readonly before: number
}

interface Placed<T> {
  readonly item: T
  readonly next: Position
}

const START: Position = { page: 1, offset: 0, before: 0 }

function positionOf({ after }: PageRequest): Position {
  if (after === null) return START
  const [page = 1, offset = 0, before = 0] = after.split(' ').map(Number)
  return { page, offset, before }
}

/** Items from `start` on, one more than wanted where there is one, page after page until the list ends. */
async function read<T extends { readonly id: string }>(
  start: Position,
  wanted: number,
  fetchPage: (page: number) => Promise<ProviderPage<T>>,
): Promise<Placed<T>[]> {
  const placed: Placed<T>[] = []
  let { page, offset, before } = start
  for (let previous: string | undefined; ; page += 1, offset = 0) {
    const found = await fetchPage(page)
    const { items } = found
    // A list that does not know pages answers the first one again.
    if (previous !== undefined && items[0]?.id === previous) return placed
    previous = items[0]?.id
    for (const [index, item] of items.entries())
      if (index >= offset) placed.push({ item, next: { page, offset: index + 1, before } })
    before += items.length
    if (placed.length > wanted || isLastPage(found, { page, seen: before })) return placed
  }
}

/**
 * A page of a list that a provider keeps page by page, in the provider's order. The cursor holds the provider's page and
 * how far it was shown.
 */
export async function pageThrough<T extends { readonly id: string }>(
  cursors: Cursors,
  fetchPage: (page: number) => Promise<ProviderPage<T>>,
  request: PageRequest,
  { list, caller }: { readonly list: string; readonly caller: Caller },
): Promise<Page<T>> {
  const placed = await read(positionOf(request), request.limit, fetchPage)
  const page = cursors.page(placed, request, list, caller, ({ next }) =>
    [next.page, next.offset, next.before].join(' '),
  )
  return { ...page, data: page.data.map(({ item }) => item) }
}
