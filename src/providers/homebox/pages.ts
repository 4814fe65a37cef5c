import type { OperationName } from '#providers/port/index'
import type { ProviderPage } from '#providers/port/paging'
import { isLastPage } from '#providers/port/paging'
import { ProviderError } from '#providers/provider-error'

const MOST_PAGES = 500

/**
 * Every item of a list, page after page; its order is not documented, so nothing may be concluded before its end.
 * Throws ProviderError when it does not end within 500 pages: what was not read is not absent.
 */
export async function* readPages<T extends { readonly id: string }>(
  operation: OperationName,
  fetchPage: (page: number) => Promise<ProviderPage<T>>,
): AsyncGenerator<T> {
  let seen = 0
  let previous: string | undefined
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const read = await fetchPage(page)
    // A list that does not know pages answers the first one again.
    if (previous !== undefined && read.items[0]?.id === previous) return
    yield* read.items
    seen += read.items.length
    previous = read.items[0]?.id
    if (isLastPage(read, { page, seen })) return
  }
  throw new ProviderError({
    provider: 'homebox',
    operation,
    code: 'provider_error',
    outcome: 'refused',
    message: `homebox lists more than ${MOST_PAGES} pages`,
  })
}
