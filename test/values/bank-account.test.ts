import { expect, test } from 'vitest'
import { masked, parseBic, parseIban } from '#values/bank-account'

test.each([
  ['FR2212739000304675471929G68', 'FR2212739000304675471929G68'],
  ['fr14 2004 1010 0505 0001 3m02 606', 'FR1420041010050500013M02606'],
])('%s is an IBAN', (text, iban) => {
  expect(parseIban(text)).toBe(iban)
})

test.each([
  ['wrong check digits', 'FR2312739000304675471929G68'],
  ['too short', 'FR2212739000304675471929G6'],
  ['of no country', 'ZZ2212739000304675471929G68'],
  ['empty', ''],
])('%s is none', (_what, text) => {
  expect(parseIban(text)).toBeNull()
})

test('a BIC has eight characters or eleven, and a country', () => {
  const texts = ['BNPAESMS', 'bnpa es ms', 'BNPAESMSXXX', 'BNPAESM', 'BNPA99MS', '']
  expect(texts.map(parseBic)).toEqual(['BNPAESMS', 'BNPAESMS', 'BNPAESMSXXX', null, null, null])
})

test('never more than half of a number is shown', () => {
  expect(['FR2212739000304675471929G68', '12345', '1', ''].map(masked)).toEqual([
    '****9G68',
    '****45',
    '****',
    '****',
  ])
})
