import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKey, splitLabel } from '#values/address'

const mediaExchange = {
  line_1: '5 Media Exchange',
  line_2: 'Coquet Street',
  city: 'Newcastle upon Tyne',
  postcode: 'NE1 2QB',
  uprn: null,
}
const keyOf = (different: Partial<Record<keyof typeof mediaExchange, string | null>>) =>
  addressKey({ ...mediaExchange, ...different })

describe('addressKey', () => {
  test.each([
    { line_1: '5 MEDIA EXCHANGE', line_2: 'coquet street' },
    { line_1: ' 5  Media  Exchange,', line_2: 'Coquet-Street.' },
    { line_1: '5 Media Exchange, Coquet Street', line_2: null },
    { postcode: 'ne12qb' },
    { city: 'Newcastle' },
    { city: null },
  ])('is the same for %j', different => {
    expect(keyOf(different)).toBe(keyOf({}))
  })

  test.each([
    { line_1: '6 Media Exchange' },
    { line_2: null },
    { line_1: '5A Media Exchange' },
    { postcode: 'NE1 2QC' },
  ])('is another for %j', different => {
    expect(keyOf(different)).not.toBe(keyOf({}))
  })

  test('hears no apostrophe and no accent', () => {
    expect(keyOf({ line_1: "St Mary's Tŷ" })).toBe(keyOf({ line_1: 'st marys ty' }))
    expect(keyOf({ line_1: 'St Mary’s Tŷ' })).toBe(keyOf({ line_1: 'St Marys Ty' }))
  })

  test('keeps flat and house number apart', () => {
    const flat1 = keyOf({ line_1: 'Flat 1', line_2: '2 High Street' })
    expect(keyOf({ line_1: 'Flat 12', line_2: 'High Street' })).not.toBe(flat1)
    expect(keyOf({ line_1: 'Flat 1, 2 High Street', line_2: null })).toBe(flat1)
  })

  test('is the UPRN where there is one, whatever the lines and leading zeros say', () => {
    expect(keyOf({ uprn: '000100012345' })).toBe('uprn:100012345')
    expect(keyOf({ uprn: '100012345', line_1: null, postcode: null })).toBe('uprn:100012345')
  })

  test('takes a UPRN of zeros for none', () => {
    expect(keyOf({ uprn: '000' })).toBe(keyOf({}))
  })

  test.each([{ line_1: null }, { postcode: null }, { line_1: '' }, { line_1: ' - ', line_2: null }])(
    'is unknown with %j',
    different => {
      expect(keyOf(different)).toBeNull()
    },
  )

  test('never depends on case or outer white space', () => {
    const words = fc.stringMatching(/^[a-z0-9]{1,8}( [a-z0-9]{1,8}){0,3}$/)
    fc.assert(
      fc.property(words, line => {
        expect(keyOf({ line_1: `  ${line.toUpperCase()} ` })).toBe(keyOf({ line_1: line }))
      }),
    )
  })
})

describe('splitLabel', () => {
  test.each([
    ['35 Ship Street, Brighton, BN1 1AB', '35 Ship Street', null, 'Brighton', 'BN1 1AB'],
    ['35 Ship Street, Brighton, bn11ab', '35 Ship Street', null, 'Brighton', 'BN1 1AB'],
    ['35 Ship Street, Brighton BN1 1AB', '35 Ship Street', null, 'Brighton', 'BN1 1AB'],
    ['Flat 2, 35 Ship Street, Brighton, BN1 1AB', 'Flat 2', '35 Ship Street', 'Brighton', 'BN1 1AB'],
    ['Flat 2, The Mill, 35 Ship St, Hove, BN3 1AB', 'Flat 2', 'The Mill, 35 Ship St', 'Hove', 'BN3 1AB'],
    [
      '61 Bury Old Road Prestwich, Manchester, M25 0FG',
      '61 Bury Old Road Prestwich',
      null,
      'Manchester',
      'M25 0FG',
    ],
    ['35 Ship Street, Brighton, BN1 1AB, UK', '35 Ship Street', null, 'Brighton', 'BN1 1AB'],
    ['35 Ship Street, Brighton, England, BN1 1AB', '35 Ship Street', null, 'Brighton', 'BN1 1AB'],
    ['Wales, Ship Street, Brighton, BN1 1AB', 'Wales', 'Ship Street', 'Brighton', 'BN1 1AB'],
    ['BN1 1AB, 35 Ship Street, Brighton', '35 Ship Street', null, 'Brighton', 'BN1 1AB'],
    ['35 Ship Street Brighton BN1 1AB', '35 Ship Street Brighton', null, null, 'BN1 1AB'],
    ['35 Ship Street, Brighton', '35 Ship Street', null, 'Brighton', null],
    ['BN1 1AB', null, null, null, 'BN1 1AB'],
    [' , ,, ', null, null, null, null],
    ['', null, null, null, null],
  ])('%j', (label, line_1, line_2, city, postcode) => {
    expect(splitLabel(label)).toEqual({ line_1, line_2, city, postcode })
  })

  test('takes any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), label => {
        expect(Object.keys(splitLabel(label))).toEqual(['line_1', 'line_2', 'city', 'postcode'])
      }),
    )
  })
})
