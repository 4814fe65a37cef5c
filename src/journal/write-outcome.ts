import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#db/client'
import { isDatabaseUnavailable } from '#db/postgres-errors'
import type { Tx } from '#db/tx'
import { ProblemError } from '#http/problem-error'
import { LeaseLost } from '#journal/lease-lost'

const FIRST_PAUSE_MS = 100

/**
 * Commits what came of a call that was made. Nobody else knows it, so a database that is away is tried again, ever more
 * rarely, for at most `longestMs`. Throws what `work` throws, and `service_unavailable` in the end, or where an attempt
 * whose answer was lost turns out to have been committed: what it went on to may be anywhere by now.
 */
export async function writeOutcome<T>(
  database: Pick<Database, 'transaction'>,
  work: (tx: Tx) => Promise<T>,
  longestMs: number,
): Promise<T> {
  const started = performance.now()
  let lost: unknown = null
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    try {
      return await database.transaction(work)
    } catch (err) {
      if (lost !== null && err instanceof LeaseLost) break
      if (!isDatabaseUnavailable(err)) throw err
      lost = err
    }
    if (performance.now() - started + pause > longestMs) break
    await delay(pause)
  }
  throw unwritten(lost)
}

/** Unlike any other loss of the database: something may have been done. */
function unwritten(cause: unknown): ProblemError {
  const detail =
    'The database was lost while a provider was called. What became of it will be known from the operations.'
  return new ProblemError('service_unavailable', detail, { headers: { 'retry-after': '5' }, cause })
}
