import { expect, test } from 'vitest'
import { madeBy } from '#journal/made-by'

test.each([
  ['orders.create', 'order'],
  ['leads.create', 'lead'],
  ['properties.create', 'property'],
  ['categories.create', 'category'],
  ['media.create', 'media'],
  ['mandates.update', null],
] as const)('%s makes %s', (operation, made) => {
  expect(madeBy(operation)).toBe(made)
})
