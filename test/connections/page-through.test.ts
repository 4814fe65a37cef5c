import { describe, expect, test } from 'vitest'
import { pageThrough } from '#connections/page-through'
import { createCursors } from '#http/list'
import type { ProviderPage } from '#providers/port/paging'

const cursors = createCursors(data => Buffer.from(data.padEnd(16, '.')))
const caller = { accountId: 'account', mode: 'test', keyId: 'key', scopes: [] } as const
type Item = { readonly id: string }
type Fetch = (page: number) => Promise<ProviderPage<Item>>

/** A provider's list of numbered items, in pages of five. */
function listOf(count: number, said: Partial<ProviderPage<Item>> = {}) {
  const asked: number[] = []
  const fetchPage: Fetch = page => {
    asked.push(page)
    const ids = Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }))
    return Promise.resolve({ items: ids.slice((page - 1) * 5, page * 5), pages: null, total: null, ...said })
  }
  return { asked, fetchPage }
}

/** Every page as the gateway shows them. */
async function shown(fetchPage: Fetch, limit: number): Promise<string[][]> {
  const pages: string[][] = []
  for (let cursor: string | null = ''; cursor !== null && pages.length < 20; ) {
    const query = cursor === '' ? { limit } : { limit, cursor }
    const request = cursors.read(query, 'list', caller)
    const page = await pageThrough(cursors, fetchPage, request, { list: 'list', caller })
    pages.push(page.data.map(({ id }) => id))
    cursor = page.next_cursor
  }
  return pages
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

describe('a list that a provider keeps page by page', () => {
  test.each([
    [
      2,
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
        [9, 10],
        [11, 12],
      ],
    ],
    [
      5,
      [
        [1, 5],
        [6, 10],
        [11, 12],
      ],
    ],
    [
      7,
      [
        [1, 7],
        [8, 12],
      ],
    ],
    [100, [[1, 12]]],
  ])('is shown whole and in its order in pages of %i', async (limit, ranges) => {
    const expected = ranges.map(([from = 0, to = 0]) => numbers(from, to))
    expect(await shown(listOf(12).fetchPage, limit)).toEqual(expected)
  })

  test.each([
    ['its last page', { pages: 2 }, [1, 2]],
    ['its count of items', { total: 10 }, [1, 2]],
    ['an empty page', {}, [1, 2, 3]],
  ])('ends at %s', async (_what, said, asked) => {
    const list = listOf(10, said)
    expect(await shown(list.fetchPage, 100)).toEqual([numbers(1, 10)])
    expect(list.asked).toEqual(asked)
  })

  test('counts the items of pages that an earlier request has shown', async () => {
    const list = listOf(10, { total: 10 })
    expect(await shown(list.fetchPage, 5)).toEqual([numbers(1, 5), numbers(6, 10)])
    expect(list.asked).toEqual([1, 2, 1, 2])
  })

  test('is not shown twice by a provider that knows no pages', async () => {
    const whole = listOf(4)
    expect(await shown(() => whole.fetchPage(1), 3)).toEqual([numbers(1, 3), ['4']])
  })

  test('may be empty', async () => {
    expect(await shown(listOf(0).fetchPage, 3)).toEqual([[]])
  })
})
