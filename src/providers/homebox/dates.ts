import { z } from 'zod'
import type { PlainDate } from '#values/dates'
import { isPlainDate } from '#values/dates'

const FIRST_SHORT_YEAR = 1970
const LAST_SHORT_YEAR = 2069

/** Whether `DD/MM/YY` says this date unmistakably: 70 to 99 are read as 19xx, 00 to 69 as 20xx. */
export function fitsShortDate(date: PlainDate): boolean {
  const year = Number(date.slice(0, 4))
  return year >= FIRST_SHORT_YEAR && year <= LAST_SHORT_YEAR
}

/** `DD/MM/YY`, as every date but a birthday is sent. Throws RangeError where two digits of year would lie. */
export function toShortDate(date: PlainDate): string {
  if (!fitsShortDate(date)) throw new RangeError('the year does not fit DD/MM/YY')
  const [year = '', month, day] = date.split('-')
  return `${day}/${month}/${year.slice(2)}`
}

/** `DD/MM/YYYY`, as a birthday is sent (chapter "Add Bill Payer"). */
export function toLongDate(date: PlainDate): string {
  return date.split('-').reverse().join('/')
}

function isoOfSlashed(text: string): string | null {
  const parts = /^(\d{2})\/(\d{2})\/(\d{4}|\d{2})$/.exec(text)
  if (!parts) return null
  const [, day, month, written = ''] = parts
  const short = Number(written)
  const century = short <= LAST_SHORT_YEAR % 100 ? '20' : '19'
  return `${written.length === 4 ? written : `${century}${written}`}-${month}-${day}`
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/

/**
 * Reads every spelling that answers use: `2024-05-20T00:00:00.000000Z`, `2021-06-20 14:00:00`, `2023-02-02`,
 * `15/01/1996`, `01/10/19`. Without a zone it is UTC; fractions are cut at the millisecond. Null when it is none.
 */
export function readHomeboxInstant(text: string): Date | null {
  const date = isoOfSlashed(text) ?? text
  if (isPlainDate(date)) return new Date(`${date}T00:00:00.000Z`)
  const parts = INSTANT.exec(text)
  if (!parts) return null
  const [, day = '', time, fraction = '', zone = 'Z'] = parts
  if (!isPlainDate(day)) return null
  return new Date(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`)
}

/** RFC 3339 in UTC, milliseconds. */
export const HomeboxTimestamp = z.string().transform((text, context) => {
  const instant = readHomeboxInstant(text)
  if (instant) return instant.toISOString()
  context.addIssue({ code: 'custom', message: 'not a timestamp' })
  return z.NEVER
})

/** The calendar date in UTC. */
export const HomeboxDate = HomeboxTimestamp.transform((timestamp): PlainDate => timestamp.slice(0, 10))

/**
 * Whether something with this time of creation may have come from an attempt begun at `attempt` (both RFC 3339).
 * Homebox keeps whole seconds; a missing time rules nothing out.
 */
export function mayStemFrom(attempt: string, createdAt: string | null): boolean {
  if (createdAt === null) return true
  return Date.parse(createdAt) >= Math.floor(Date.parse(attempt) / 1000) * 1000
}
