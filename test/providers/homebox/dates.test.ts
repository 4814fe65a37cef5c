import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitsShortDate,
  HomeboxDate,
  HomeboxTimestamp,
  readHomeboxInstant,
  toLongDate,
  toShortDate,
} from '#providers/homebox/dates'

const dateBetween = (from: string, to: string) =>
  fc
    .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 10))

describe('dates sent to Homebox', () => {
  it('are DD/MM/YY', () => {
    expect(toShortDate('2019-10-01')).toBe('01/10/19')
    expect(toShortDate('2069-12-31')).toBe('31/12/69')
  })

  it('are DD/MM/YYYY for a birthday', () => {
    expect(toLongDate('2000-01-02')).toBe('02/01/2000')
  })

  it.each(['2070-01-01', '1969-12-31', '2126-09-01'])('refuse %s, which two digits would move', date => {
    expect(fitsShortDate(date)).toBe(false)
    expect(() => toShortDate(date)).toThrow(RangeError)
  })

  it('come back as they went, for every day from 1970 to 2069', () => {
    fc.assert(
      fc.property(dateBetween('1970-01-01', '2069-12-31'), date => {
        expect(HomeboxDate.parse(toShortDate(date))).toBe(date)
      }),
    )
  })

  it('come back as they went when the year is whole', () => {
    fc.assert(
      fc.property(dateBetween('1900-01-01', '2199-12-31'), date => {
        expect(HomeboxDate.parse(toLongDate(date))).toBe(date)
      }),
    )
  })
})

describe('dates received from Homebox', () => {
  it.each([
    ['2024-05-20T00:00:00.000000Z', '2024-05-20T00:00:00.000Z'],
    ['2022-01-06T10:27:12.123456Z', '2022-01-06T10:27:12.123Z'],
    ['2021-06-20 14:00:00', '2021-06-20T14:00:00.000Z'],
    ['2023-02-02', '2023-02-02T00:00:00.000Z'],
    ['15/01/1996', '1996-01-15T00:00:00.000Z'],
    ['01/10/19', '2019-10-01T00:00:00.000Z'],
    ['2024-05-20T00:00:00+01:00', '2024-05-19T23:00:00.000Z'],
  ])('read %s as %s', (text, instant) => {
    expect(HomeboxTimestamp.parse(text)).toBe(instant)
  })

  it('keep the calendar date of UTC, whatever the zone of this machine', () => {
    expect(HomeboxDate.parse('2024-05-20T00:00:00.000000Z')).toBe('2024-05-20')
    expect(HomeboxDate.parse('2024-05-20 23:59:59')).toBe('2024-05-20')
  })

  it.each(['', 'tomorrow', '31/02/2024', '2024-02-30', '2024-13-01T00:00:00Z', '2024-01-01 25:00:00'])(
    'are refused as %j',
    text => {
      expect(readHomeboxInstant(text)).toBeNull()
      expect(HomeboxDate.safeParse(text).success).toBe(false)
    },
  )

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const instant = readHomeboxInstant(text)
        expect(instant === null || !Number.isNaN(instant.getTime())).toBe(true)
      }),
    )
  })

  it('come back to the millisecond from micro-second ISO and from zone-less text', () => {
    const instants = fc.date({
      min: new Date('1900-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, instant => {
        const iso = instant.toISOString()
        expect(HomeboxTimestamp.parse(iso.replace('Z', '000Z'))).toBe(iso)
        const seconds = iso.slice(0, 19)
        expect(HomeboxTimestamp.parse(seconds.replace('T', ' '))).toBe(`${seconds}.000Z`)
      }),
    )
  })
})
