import { InvalidArgumentError } from 'commander'
import { addDays, isPlainDate } from '#values/dates'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** A date means its end, in UTC. Throws InvalidArgumentError for what is no date, no instant, or over. */
export function parseExpiry(text: string): Date {
  const expiry = isPlainDate(text) ? addDays(new Date(`${text}T00:00:00Z`), 1) : instantOf(text)
  if (Number.isNaN(expiry.getTime()))
    throw new InvalidArgumentError('must be a date (2027-08-31) or an instant (2027-08-31T12:00:00Z).')
  if (expiry.getTime() <= Date.now()) throw new InvalidArgumentError('must lie in the future.')
  return expiry
}

function instantOf(text: string): Date {
  return new Date(INSTANT.test(text) ? text : Number.NaN)
}
