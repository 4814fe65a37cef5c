import { describe, expect, it } from 'vitest'
import {
  decimalOf,
  detailed,
  given,
  Id,
  Ids,
  OptionalDay,
  OptionalEuros,
  OptionalInstant,
  readInstant,
  spellTranslations,
  translationsOf,
} from '#providers/mybeezbox/dialect'
import { languages } from '#values/languages'

describe('a time', () => {
  it.each([
    ['2022-06-16 12:00:0.000000+00:00', '2022-06-16T12:00:00.000Z'],
    ['2023-01-24T10:03:09.565674+01:00', '2023-01-24T09:03:09.565Z'],
    ['2022-06-16T12:00', '2022-06-16T12:00:00.000Z'],
    ['2022-05-01', '2022-05-01T00:00:00.000Z'],
    ['2022-05-01T12:00:00+02:00', '2022-05-01T10:00:00.000Z'],
    ['2025-01-23T10:03:23.830839Z', '2025-01-23T10:03:23.830Z'],
    ['2025-01-23 9:03:23.5 -0330', '2025-01-23T12:33:23.500Z'],
    [' 2022-06-16T12:00 ', '2022-06-16T12:00:00.000Z'],
  ])('that is written %s is read', (written, read) => {
    expect(readInstant(written)).toBe(read)
  })

  it.each(['string', '', '2022-02-30', '2022-06-16T25:00', '16/06/2022', '2022-06-16T12:00:61'])(
    'that is written %j is none',
    written => expect(readInstant(written)).toBeNull(),
  )

  it('that was told as a day stays that day', () => {
    expect(OptionalDay.parse('2022-05-01T00:30:00+02:00')).toBe('2022-05-01')
    expect(OptionalDay.parse('2022-05-01')).toBe('2022-05-01')
    expect(OptionalDay.parse('string')).toBeNull()
    expect(OptionalDay.parse(' 2022-05-01T12:00')).toBe('2022-05-01')
  })
})

describe('an amount', () => {
  it.each([
    ['100.000', 10_000],
    ['215.00', 21_500],
    [10.5, 1_050],
    [100, 10_000],
    ['0.125', 12],
    ['-3', -300],
  ])('%j is exact', (written, amount) => {
    expect(OptionalEuros.parse(written)).toEqual({ amount, currency: 'EUR' })
  })

  it.each([1, 10, 1_050, 2_999, 1_000_000_000])('of %i cents is a number with two decimals', amount => {
    const sent = decimalOf({ amount, currency: 'EUR' })
    expect(OptionalEuros.parse(JSON.parse(JSON.stringify(sent)))).toEqual({ amount, currency: 'EUR' })
  })
})

describe('translations', () => {
  const map = { en: 'Box', fr: 'Boîte', es: null, it: null, de: null, nl: null, ca: null, pt: null }

  it('are one map of eight languages', () => {
    expect(translationsOf({ name_en: 'Box', name_fr: 'Boîte', name_es: null, name_it: '' }, 'name')).toEqual(
      map,
    )
  })

  it('are sent field by field, without the languages that are missing', () => {
    expect(spellTranslations({ name: map, description: null })).toEqual({ name_en: 'Box', name_fr: 'Boîte' })
  })
})

describe('an object', () => {
  const Box = detailed({ id: Id }, raw => ({ name: translationsOf(raw, 'name') }))

  it('keeps under details, untouched, whatever is not read', () => {
    const rest = { nb_orders: 2, tags: [{ a: 1 }], title: 'Box', name_xx: 'kept' }
    const { name, ...box } = Box.parse({ id: 7, name_en: 'Box', ...rest })
    expect(box).toEqual({ id: '7', details: rest })
    expect(name.en).toBe('Box')
  })

  it('without what is needed is told where it lacks it', () => {
    expect(Box.array().safeParse([{ id: null }]).error?.issues[0]?.path).toEqual([0, 'id'])
  })
})

describe('what may be missing', () => {
  it('is not asked for', () => {
    expect(given({ search: 'x', state: undefined })).toStrictEqual({ search: 'x' })
  })

  it('is none, or null where there is one at the most', () => {
    expect(Ids.parse(undefined)).toEqual([])
    expect(Ids.parse([1, { id: 'b' }])).toEqual(['1', 'b'])
    expect([OptionalInstant.parse(null), OptionalInstant.parse('string')]).toEqual([null, null])
  })
})

it('every language is read and sent under its own name', () => {
  const raw = Object.fromEntries(languages.map(language => [`name_${language}`, `Box ${language}`]))
  const map = translationsOf(raw, 'name')
  expect(map).toEqual(Object.fromEntries(languages.map(language => [language, `Box ${language}`])))
  expect(spellTranslations({ name: map })).toEqual(raw)
})
