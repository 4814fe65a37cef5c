import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, isPlainDate, plainDateOf } from '#values/dates'

describe('isPlainDate', () => {
  test.each(['2026-09-01', '2028-02-29', '2000-02-29', '1900-01-01', '2199-12-31', '2026-12-31'])(
    '%s exists',
    text => {
      expect(isPlainDate(text)).toBe(true)
    },
  )

  test.each([
    '2026-02-30',
    '2026-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '1899-12-31',
    '2200-01-01',
    '0026-01-01',
  ])('%s does not', text => {
    expect(isPlainDate(text)).toBe(false)
  })

  test.each([
    '',
    '2026-9-1',
    '20260901',
    '01/09/2026',
    '01/09/26',
    '2026-09-01T00:00:00Z',
    ' 2026-09-01',
    '2026-09-01\n',
    '+2026-09-01',
    '２０２６-09-01',
    '2026−09−01',
  ])('%j is another spelling', text => {
    expect(isPlainDate(text)).toBe(false)
  })

  test('knows every day that there is, and no other', () => {
    const triples = fc.tuple(
      fc.integer({ min: 1900, max: 2199 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    )
    fc.assert(
      fc.property(triples, ([year, month, day]) => {
        const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
        const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
        const text = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
        expect(isPlainDate(text)).toBe(day >= 1 && day <= days)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('an instant', () => {
  const instants = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })

  test('has the date that it has in UTC, whatever the zone of the process', () => {
    expect(process.env['TZ']).toBe('America/New_York')
    expect(plainDateOf(new Date('2026-09-01T00:30:00Z'))).toBe('2026-09-01')
    expect(plainDateOf(new Date('2026-08-31T23:59:59.999Z'))).toBe('2026-08-31')
  })

  test('always has a date that exists and starts at midnight of it', () => {
    fc.assert(
      fc.property(instants, instant => {
        const date = plainDateOf(instant)
        expect(isPlainDate(date)).toBe(true)
        const sinceMidnight = instant.getTime() - new Date(`${date}T00:00:00Z`).getTime()
        expect(sinceMidnight).toBeGreaterThanOrEqual(0)
        expect(sinceMidnight).toBeLessThan(86_400_000)
      }),
    )
  })

  test('a day later is 24 hours later, also when the clocks change in between', () => {
    const before = new Date('2026-03-08T05:00:00Z')
    expect(addDays(before, 1).toISOString()).toBe('2026-03-09T05:00:00.000Z')
    expect(addDays(before, -7).toISOString()).toBe('2026-03-01T05:00:00.000Z')
  })
})
