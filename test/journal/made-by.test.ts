import { expect, test } from 'vitest'
import { madeBy } from '#journal/made-by'

test.each([
  ['orders.create', 'order'],
  ['leads.create', 'lead'],
  ['properties.create', null],
  ['branches.create', 'branch'],
  ['voids.create', 'void'],
  ['categories.create', 'category'],
  ['media.create', 'media'],
  ['networkGiftcards.create', 'network_giftcard'],
  ['networkGiftcards.use', 'network_giftcard_usage'],
  ['networkGiftcards.cancelUsage', null],
  ['mandates.update', null],
] as const)('%s makes %s', (operation, made) => {
  expect(madeBy(operation)).toBe(made)
})
