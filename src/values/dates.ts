/** A calendar date `YYYY-MM-DD` without a time zone. */
export type PlainDate = string

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a date that exists: `2026-02-30` does not. Years 1900 to 2199. */
export function isPlainDate(text: string): text is PlainDate {
  const parts = PATTERN.exec(text)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (year < 1900 || year > 2199) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The date in UTC of an instant. */
export function plainDateOf(instant: Date): PlainDate {
  return instant.toISOString().slice(0, 10)
}

export function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000)
}
