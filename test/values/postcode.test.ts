import { describe, expect, test } from 'vitest'
import { lastPostcodeIn, parsePostcode } from '#values/postcode'

describe('parsePostcode', () => {
  test.each([
    'SW15 5PU',
    'sw155pu',
    'Sw15 5pU',
    ' sw15 5pu ',
    'SW15  5PU',
    'SW15\t5PU',
    'sw15\u00a05pu',
    'SW15 5PU\n',
  ])('reads %j as SW15 5PU', text => {
    expect(parsePostcode(text)?.postcode).toBe('SW15 5PU')
  })

  test.each([
    ['m11ae', 'M1 1AE'],
    ['b338th', 'B33 8TH'],
    ['cr26xh', 'CR2 6XH'],
    ['dn551pt', 'DN55 1PT'],
    ['w1a0ax', 'W1A 0AX'],
    ['ec1a1bb', 'EC1A 1BB'],
  ])('splits %s where the inward code begins: %s', (text, postcode) => {
    expect(parsePostcode(text)?.postcode).toBe(postcode)
  })

  test.each([
    '',
    'SW15',
    'SW15 5P',
    'SW15 5PUX',
    'S W155PU',
    'SW15-5PU',
    '10115',
    'SW15 5PU, UK',
    '１SW 5PU',
  ])('refuses %j', text => {
    expect(parsePostcode(text)).toBeNull()
  })
})

describe('the nation of a postcode', () => {
  test.each([
    ['NE1 2QB', 'england'],
    ['EC1V 2NX', 'england'],
    ['GL1 1AA', 'england'],
    ['EH1 1YZ', 'scotland'],
    ['G1 1AA', 'scotland'],
    ['ZE1 0AA', 'scotland'],
    ['CF10 1EP', 'wales'],
    ['LL57 2DG', 'wales'],
    ['BT1 5GS', 'northern_ireland'],
    ['JE2 3AB', 'islands'],
    ['GY1 2PF', 'islands'],
    ['IM1 3LY', 'islands'],
  ])('of %s is %s', (text, nation) => {
    expect(parsePostcode(text)?.nation).toBe(nation)
  })

  test('of a district across the border is that of its district', () => {
    const nationOf = (district: string) => parsePostcode(`${district} 1AA`)?.nation
    expect(['TD14', 'TD15'].map(nationOf)).toEqual(['scotland', 'england'])
    expect(['CH4', 'CH5', 'CH6', 'CH7', 'CH8', 'CH41'].map(nationOf)).toEqual([
      'england',
      'wales',
      'wales',
      'wales',
      'wales',
      'england',
    ])
    expect(['SY1', 'SY2', 'SY14', 'SY26'].map(nationOf)).toEqual(Array(4).fill('england'))
    const welsh = Array.from({ length: 11 }, (_, index) => `SY${15 + index}`)
    expect(welsh.map(nationOf)).toEqual(Array(11).fill('wales'))
  })
})

describe('lastPostcodeIn', () => {
  test.each([
    ['35 Ship Street, Brighton, BN1 1AB', 'BN1 1AB'],
    ['35 ship street brighton bn11ab', 'BN1 1AB'],
    ['61 Bury Old Road Prestwich, Manchester, M25 0FG', 'M25 0FG'],
    ['Unit A1 2BC, Leeds, LS1 4AP, UK', 'LS1 4AP'],
    ['BN1 1AB or NE1 2QB', 'NE1 2QB'],
  ])('of %j is %s', (label, postcode) => {
    expect(lastPostcodeIn(label)?.postcode).toBe(postcode)
  })

  test.each(['', '35 Ship Street, Brighton', 'XBN1 1AB', 'BN1 1ABX', 'BN1'])('is none in %j', label => {
    expect(lastPostcodeIn(label)).toBeNull()
  })
})
