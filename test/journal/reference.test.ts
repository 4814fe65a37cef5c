import { describe, expect, test } from 'vitest'
import { earlierReferences, nextReference } from '#journal/reference'

describe('the reference of the next attempt', () => {
  test.each([
    ['order_01kb2z6x9ve8vs2m0g5a7d3c1r', 1, 'order_01kb2z6x9ve8vs2m0g5a7d3c1r-2'],
    ['order_01kb2z6x9ve8vs2m0g5a7d3c1r-2', 2, 'order_01kb2z6x9ve8vs2m0g5a7d3c1r-3'],
    ['order_01kb2z6x9ve8vs2m0g5a7d3c1r-9', 9, 'order_01kb2z6x9ve8vs2m0g5a7d3c1r-10'],
  ])('after %s and %i attempts is %s', (reference, attempts, next) => {
    expect(nextReference({ reference, attempts })).toBe(next)
  })

  test('is none where the provider takes no name', () => {
    expect(nextReference({ reference: null, attempts: 1 })).toBeNull()
  })
})

describe('the references of earlier attempts', () => {
  test.each([
    ['order_01kb', []],
    ['order_01kb-2', ['order_01kb']],
    ['order_01kb-4', ['order_01kb', 'order_01kb-2', 'order_01kb-3']],
    ['order-7_01kb-12', ['order-7_01kb', ...Array.from({ length: 10 }, (_, at) => `order-7_01kb-${at + 2}`)]],
  ])('before %s are %j', (reference, earlier) => {
    expect(earlierReferences(reference)).toEqual(earlier)
  })
})
