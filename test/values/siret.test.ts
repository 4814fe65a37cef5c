import { expect, test } from 'vitest'
import { parseSiret } from '#values/siret'

test.each([
  ['73282932000074', '73282932000074'],
  ['732 829 320 00074', '73282932000074'],
  ['55210055400021', '55210055400021'],
  // La Poste: its seat is numbered as everybody is, its post offices by a sum of their own.
  ['35600000000048', '35600000000048'],
  ['35600000000001', '35600000000001'],
])('%s is the number of an establishment', (text, siret) => {
  expect(parseSiret(text)).toBe(siret)
})

test.each([
  ['a wrong check digit', '73282932000075'],
  ['two digits that changed places', '73282932000704'],
  ["another company that adds up as La Poste's do", '73282932000001'],
  ['a post office that does not add up', '35600000000002'],
  ['a company without its establishment', '732829320'],
  ['a digit too many', '732829320000740'],
  ['letters', '7328293200007A'],
  ['nothing', ''],
])('%s is not', (_what, text) => {
  expect(parseSiret(text)).toBeNull()
})
