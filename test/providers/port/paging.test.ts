import { describe, expect, it } from 'vitest'
import { isLastPage } from '#providers/port/paging'

const page = (pages: number | null, total: number | null, items = ['a', 'b']) => ({ items, pages, total })

describe('a list of pages', () => {
  it.each([
    ['its last page', page(2, null), { page: 2, seen: 4 }],
    ['its count', page(null, 4), { page: 2, seen: 4 }],
    ['an empty page', page(9, 99, []), { page: 2, seen: 2 }],
    ['its count before its last page', page(9, 4), { page: 2, seen: 4 }],
  ])('ends at %s', (_, read, position) => {
    expect(isLastPage(read, position)).toBe(true)
  })

  it.each([
    [page(3, null), { page: 2, seen: 4 }],
    [page(null, 5), { page: 2, seen: 4 }],
    [page(null, null), { page: 2, seen: 4 }],
  ])('goes on otherwise: %#', (read, position) => {
    expect(isLastPage(read, position)).toBe(false)
  })
})
