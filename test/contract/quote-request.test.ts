import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { QuoteRequest } from '#contract/quotes'
import { fieldErrors } from '#http/field-errors'

const smallest: z.input<typeof QuoteRequest> = {
  address: { postcode: 'NE1 2QB' },
  occupants: 4,
  tenancy: { start_date: '2026-09-01' },
}

/** `code pointer` of everything that is wrong with the smallest request when it differs so. */
function mistakes(different: object): string[] {
  const parsed = QuoteRequest.safeParse({ ...smallest, ...different }, { reportInput: true })
  return parsed.success
    ? []
    : fieldErrors(parsed.error.issues).map(({ code, pointer }) => `${code} ${pointer}`)
}

describe('a quote request', () => {
  test('needs a postcode, the number of occupants and a start date', () => {
    expect(QuoteRequest.parse(smallest)).toEqual(smallest)
    expect(mistakes({ address: undefined, occupants: undefined, tenancy: undefined })).toEqual([
      'required /address',
      'required /occupants',
      'required /tenancy',
    ])
    expect(mistakes({ address: {}, tenancy: {} })).toEqual([
      'required /address/postcode',
      'required /tenancy/start_date',
    ])
  })

  test('takes an address id in place of the postcode', () => {
    expect(mistakes({ address: { address_id: 'UN5Iu2KV9zOVJbacTYozt' } })).toEqual([])
  })

  test.each([
    'bill_payers',
    'household_type',
    'responsibility',
    'services',
    'coupon',
    'providers',
    'metadata',
  ])('takes null for %s as absent', field => {
    expect(mistakes({ [field]: null })).toEqual([])
  })

  test('takes null for the optional parts of address and tenancy as absent', () => {
    const address = { line_1: null, line_2: null, city: null, county: null, address_id: null }
    const numbers = { uprn: null, umprn: null, udprn: null, postcode: 'NE1 2QB' }
    const tenancy = { start_date: '2026-09-01', end_date: null }
    expect(mistakes({ address: { ...address, ...numbers }, tenancy })).toEqual([])
  })

  test('calls a required field that is null missing', () => {
    expect(mistakes({ address: null, occupants: null })).toEqual(['required /address', 'required /occupants'])
  })

  test('refuses unknown fields at every depth, each by its own pointer', () => {
    const address = { postcode: 'NE1 2QB', post_code: 'x' }
    const tenancy = { start_date: '2026-09-01', id: 'tenancy_1' }
    expect(mistakes({ address, tenancy, 'a/b~c': 1, id: 'quote_1' })).toEqual([
      'unknown_field /address/post_code',
      'unknown_field /tenancy/id',
      'unknown_field /a~1b~0c',
      'unknown_field /id',
    ])
  })

  test('keeps a postcode in its written form', () => {
    expect(QuoteRequest.parse({ ...smallest, address: { postcode: 'ne12qb' } }).address.postcode).toBe(
      'NE1 2QB',
    )
  })

  test.each(['', 'XX', '10115', 'NE1 2QB '.repeat(3)])('refuses the postcode %j', postcode => {
    const [mistake, ...more] = mistakes({ address: { postcode } })
    expect(mistake).toMatch(/^(invalid_postcode|too_big) \/address\/postcode$/)
    expect(more).toEqual([])
  })

  test.each([
    ['line_1', 'Nul\u0000l'],
    ['line_2', '\ud800'],
    ['city', 'bell\u0007'],
    ['county', '\u009f'],
    ['address_id', 'half \udc00 pair'],
  ])('refuses control characters and broken Unicode in %s', (field, value) => {
    const address = { postcode: 'NE1 2QB', [field]: value }
    expect(mistakes({ address })).toEqual([`invalid_characters /address/${field}`])
  })

  test('takes tabs, line breaks and whole surrogate pairs', () => {
    const address = { postcode: 'NE1 2QB', line_1: 'The Mill\tRoom 1\r\n🏠' }
    expect(mistakes({ address })).toEqual([])
  })

  test.each([
    [0, 'too_small'],
    [-0, 'too_small'],
    [-4, 'too_small'],
    [51, 'too_big'],
    [2 ** 60, 'too_big'],
    [1.5, 'invalid_type'],
    [JSON.parse('1e400'), 'invalid_type'],
    [Number.NaN, 'invalid_type'],
    ['4', 'invalid_type'],
    [true, 'invalid_type'],
    [[4], 'invalid_type'],
  ])('refuses %j occupants once, as %s', (occupants, code) => {
    expect(mistakes({ occupants })).toEqual([`${code} /occupants`])
  })

  test('has no more bill payers than occupants', () => {
    expect(mistakes({ bill_payers: 4 })).toEqual([])
    expect(mistakes({ bill_payers: 5 })).toEqual(['too_many /bill_payers'])
    expect(mistakes({ bill_payers: 0 })).toEqual(['too_small /bill_payers'])
  })

  test.each(['2026-02-30', '2026-9-1', '01/09/2026', '2026-09-01T00:00:00Z', '', 20_260_901])(
    'refuses the start date %j',
    start_date => {
      expect(mistakes({ tenancy: { start_date } })).toEqual([
        `${typeof start_date === 'string' ? 'invalid_date' : 'invalid_type'} /tenancy/start_date`,
      ])
    },
  )

  test.each(['2026-09-01', '2026-08-31'])('refuses a tenancy from 2026-09-01 that ends on %s', end_date => {
    const tenancy = { start_date: '2026-09-01', end_date }
    expect(mistakes({ tenancy })).toEqual(['end_before_start /tenancy/end_date'])
  })

  test('names every mistake of a request at once', () => {
    const tenancy = { start_date: '2026-09-01', end_date: '2026-08-01' }
    expect(mistakes({ bill_payers: 5, tenancy })).toEqual([
      'too_many /bill_payers',
      'end_before_start /tenancy/end_date',
    ])
  })

  test('points at the wrong one of several services', () => {
    expect(mistakes({ services: ['gas', 'coal'] })).toEqual(['invalid_value /services/1'])
    expect(mistakes({ services: [] })).toEqual(['too_small /services'])
    expect(mistakes({ services: Array(5_000).fill('gas') })).toEqual(['too_big /services'])
  })

  test.each(['uprn', 'umprn', 'udprn'])('takes a %s of digits only', field => {
    expect(mistakes({ address: { postcode: 'NE1 2QB', [field]: '00012345' } })).toEqual([])
    expect(mistakes({ address: { postcode: 'NE1 2QB', [field]: '1234x' } })).toEqual([
      `invalid_format /address/${field}`,
    ])
  })
})

describe('metadata', () => {
  test('comes back as it was sent, spaces and odd names included', () => {
    const metadata = { ' a ': ' x ', empty: '', constructor: 'c', toString: 's', ключ: '🔑' }
    expect(QuoteRequest.parse({ ...smallest, metadata }).metadata).toEqual(metadata)
  })

  test.each([
    ['too long a name', { ['k'.repeat(41)]: 'x' }, `invalid_key /metadata/${'k'.repeat(41)}`],
    ['an empty name', { '': 'x' }, 'invalid_key /metadata/'],
    ['a control character in a name', { 'a\u0000': 'x' }, 'invalid_key /metadata/a\u0000'],
    ['too long a value', { a: 'x'.repeat(501) }, 'too_big /metadata/a'],
    ['NUL in a value', { a: '\u0000' }, 'invalid_characters /metadata/a'],
    ['half a surrogate pair', { a: '\ud83d' }, 'invalid_characters /metadata/a'],
    ['a number', { a: 1 }, 'invalid_type /metadata/a'],
    ['null as value', { a: null }, 'required /metadata/a'],
    ['an array', [], 'invalid_type /metadata'],
  ])('refuses %s', (_name, metadata, mistake) => {
    expect(mistakes({ metadata })).toEqual([mistake])
  })

  test('has at most 50 pairs of 40 and 500 characters', () => {
    const pairs = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [String(at).padStart(40, 'k'), 'v'.repeat(500)]),
      )
    expect(mistakes({ metadata: pairs(50) })).toEqual([])
    expect(mistakes({ metadata: pairs(51) })).toEqual(['too_many /metadata'])
  })
})
