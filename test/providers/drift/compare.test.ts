import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapeFrom } from '#providers/drift/baseline'
import { differences } from '#providers/drift/compare'
import { structureOf } from '#test/baseline'

const order = {
  data: [{ id: 31, status: 'Active', ended_at: null, tags: [], tenancy: { id: 7, note: 'none' } }],
  meta: { order_count: 1 },
}
const shape = shapeFrom(structureOf([order]))

/** The order with one thing different about its first row. */
const row = (changes: object) => ({ ...order, data: [{ ...order.data[0], ...changes }] })

test('a structure is paths, types and what is always there, and nothing else', () => {
  const other = { data: [{ id: '31', status: null, tenancy: null }], meta: { order_count: 0 } }
  expect(structureOf([order, other])).toEqual({
    $: 'object',
    '$.data': 'array',
    '$.data[]': 'object',
    '$.data[].ended_at?': 'null',
    '$.data[].id': 'number | string',
    '$.data[].status': 'null | string',
    '$.data[].tags?': 'array',
    '$.data[].tenancy': 'null | object',
    '$.data[].tenancy.id': 'number',
    '$.data[].tenancy.note': 'string',
    '$.meta': 'object',
    '$.meta.order_count': 'number',
  })
})

test.each<[string, unknown, ReturnType<typeof differences>]>([
  ['the same again', order, []],
  ['other values', row({ id: 1e9, status: '' }), []],
  ['an empty list', { ...order, data: [] }, []],
  ['null in the place of a value', row({ status: null, tenancy: null }), []],
  ['any value where only null was seen', row({ ended_at: '2027-01-01' }), []],
  ['anything in what was empty in the samples', row({ tags: [{ name: 'x' }] }), []],
  [
    'a new field, by its uppermost path',
    row({ added_in_2031: { beta: true } }),
    [{ path: '$.data[].added_in_2031', kind: 'new', expected: null, found: 'object' }],
  ],
  [
    'a field that is gone',
    row({ tenancy: { id: 7 } }),
    [{ path: '$.data[].tenancy.note', kind: 'missing', expected: 'string', found: null }],
  ],
  [
    'a field of another type, without looking into it',
    row({ tenancy: [{ id: 7 }] }),
    [{ path: '$.data[].tenancy', kind: 'retyped', expected: 'object', found: 'array' }],
  ],
  [
    'another kind of answer altogether',
    ['no'],
    [{ path: '$', kind: 'retyped', expected: 'object', found: 'array' }],
  ],
])('%s', (_title, answer, expected) => {
  expect(differences(shape, answer)).toEqual(expected)
})

test('a place is told of once, however many rows differ there', () => {
  const rows = Array.from({ length: 40 }, () => ({ ...order.data[0], id: 'x' }))
  expect(differences(shape, { ...order, data: rows })).toHaveLength(1)
})

describe('a key that is data', () => {
  test.each([
    '42',
    '2027-01-01',
    'joan@example.com',
    'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    'NE1 2QB',
    '+447700900123',
    'Joan Smith',
    'x'.repeat(65),
    `a${'1'.repeat(60)}!`,
    '__proto__',
  ])('is not told: %s', key => {
    const answer = row(Object.fromEntries([[key, 'x']]))
    expect(differences(shape, answer).map(({ path }) => path)).toEqual(['$.data[].*'])
  })

  test.each(['line_2', 'pricePerMonth', 'x-request-id', '_links', 'added_in_2031', 'address_line1'])(
    'is none where it is a name: %s',
    key => {
      const [difference] = differences(shape, row({ [key]: 'x' }))
      expect(difference?.path).toBe(`$.data[].${key}`)
    },
  )

  test('is not told either when it is one of very many that look like names', () => {
    const people = Object.fromEntries([...'abcdefghijk'].map(letter => [`joan${letter}`, 1]))
    const [difference, ...more] = differences(shape, row(people))
    expect(difference).toMatchObject({ path: '$.data[].*', kind: 'new' })
    expect(more).toEqual([])
  })

  test('stands for all of its kind in a baseline too', () => {
    const prices = shapeFrom(structureOf([{ prices: { '2027-01-01': { amount: 5 } } }]))
    expect(differences(prices, { prices: { '2028-09-01': { amount: 6 } } })).toEqual([])
    expect(differences(prices, { prices: { '2028-09-01': { amount: '6' } } })).toEqual([
      { path: '$.prices.*.amount', kind: 'retyped', expected: 'number', found: 'string' },
    ])
  })
})

describe('a hostile answer', () => {
  const fields = (count: number, value: unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`field_${at}`, value]))

  test('is looked at up to the hundredth item of a list', () => {
    const numbers = shapeFrom(structureOf([[1]]))
    const odd = (at: number) => Array(200).fill(1).with(at, 'odd')
    expect(differences(numbers, odd(99))).toHaveLength(1)
    expect(differences(numbers, odd(100))).toEqual([])
  })

  test('is looked at in ten thousand places', () => {
    const table = shapeFrom(structureOf([[fields(150, 1)]]))
    const odd = (at: number) => Array(100).fill(fields(150, 1)).with(at, fields(150, 'odd'))
    expect(differences(table, odd(60))).toHaveLength(50)
    expect(differences(table, odd(70))).toEqual([])
  })

  test('has no more than fifty differences', () => {
    const wide = shapeFrom(structureOf([fields(80, 1)]))
    expect(differences(wide, {})).toHaveLength(50)
  })

  test('is not followed into any depth', () => {
    const deep = (levels: number, end: unknown): unknown =>
      levels === 0 ? end : { in: deep(levels - 1, end) }
    const level = shapeFrom(structureOf([deep(40, 'x')]))
    expect(differences(level, deep(40, 5))).toEqual([])
    expect(Math.max(...[...level.keys()].map(path => path.split('.').length))).toBe(13)
  })
})

test('no answer differs from a baseline that was taken from it and others', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 5 }), { minLength: 1, maxLength: 4 }), answers => {
      const taken = shapeFrom(structureOf(answers))
      for (const answer of answers) expect(differences(taken, answer)).toEqual([])
    }),
  )
})
