import { expect, test } from 'vitest'
import { providerIds } from '#contract/vocabulary'
import { baselineFrom, readBaselines } from '#providers/drift/baseline'

const one = { operations: ['vouchers.get'], answer: { $: 'object' } }
const many = { operations: ['orders.find', 'orders.list'], answer: { $: 'array' } }
const other = { operations: ['orders.find'], answer: { $: 'string' } }
const baseline = baselineFrom({ 'GET /vouchers/': one, 'GET /orders': many, 'GET /orders/{id}': other })

const typesOf = (operation: string, endpoint: string) =>
  baseline.shapeOf(operation, endpoint)?.get('$')?.types ?? null

test.each([
  ['its endpoint', 'orders.list', 'GET /orders', 'array'],
  ['its endpoint, where the operation has several', 'orders.find', 'GET /orders/{id}', 'string'],
  [
    'the only endpoint of the operation, where a deployment asks another',
    'vouchers.get',
    'GET /v2',
    'object',
  ],
  ['nothing where it might be any of several', 'orders.find', 'GET /v2', null],
  ['nothing where nothing is known', 'boxes.list', 'GET /boxes/', null],
])('an answer is held against %s', (_title, operation, endpoint, types) => {
  expect(typesOf(operation, endpoint)).toBe(types)
})

test('an operation is covered when an endpoint of its own is', () => {
  expect(['vouchers.get', 'orders.find', 'boxes.list'].map(baseline.covers)).toEqual([true, true, false])
})

test('every provider has a committed baseline', () => {
  expect([...readBaselines().keys()]).toEqual(providerIds)
})
