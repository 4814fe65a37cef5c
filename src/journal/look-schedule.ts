import { addDays } from '#values/dates'

const FIRST_MS = 5_000
const LONGEST_MS = 3_600_000
/** As long as the input of an operation is kept: without it there is nothing to compare with. */
const DAYS = 3
/** A request that was given up may still be carried out: what is not there yet within this time proves nothing. */
const GRACE_MS = 60_000
/** A list is read page by page while others write to it, so one look that finds nothing proves nothing either. */
const APART_MS = 60_000

/** When to look for the first time for something whose outcome was left open just now. */
export function firstLookAt(unknownAt: Date): Date {
  return new Date(unknownAt.getTime() + FIRST_MS)
}

/**
 * When to look again: 5 s after the outcome was left open, then 15 s later, 45 s, 2 min, 7 min, 20 min, then every hour,
 * or later where the provider asks for it. Null after three days.
 */
export function nextLookAt(unknownAt: Date, now: Date, askedToWaitMs = 0): Date | null {
  if (now >= addDays(unknownAt, DAYS)) return null
  const age = Math.max(0, now.getTime() - unknownAt.getTime())
  const wait = Math.min(2 * age + FIRST_MS, LONGEST_MS)
  return new Date(now.getTime() + Math.max(wait, Math.min(askedToWaitMs, LONGEST_MS)))
}

/**
 * What a look that was begun at `lookedAt` and found nothing says: nothing yet, or that it is absent for the first time,
 * or that it is proven to be absent. `absentAt`: when a look first found nothing.
 */
export function weighAbsence(
  { unknownAt, absentAt }: { unknownAt: Date; absentAt: Date | null },
  lookedAt: Date,
): 'too_early' | 'first_time' | 'once_more' | 'proven' {
  if (lookedAt.getTime() < unknownAt.getTime() + GRACE_MS) return 'too_early'
  if (absentAt === null) return 'first_time'
  return lookedAt.getTime() < absentAt.getTime() + APART_MS ? 'once_more' : 'proven'
}
