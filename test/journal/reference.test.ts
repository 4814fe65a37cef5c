import { describe, expect, test } from 'vitest'
import { nextReference } from '#journal/reference'

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
