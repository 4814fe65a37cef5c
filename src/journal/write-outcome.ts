import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#db/client'
import { isDatabaseUnavailable } from '#db/postgres-errors'
import type { Tx } from '#db/tx'
import { ProblemError } from '#http/problem-error'
import { LeaseLost } from '#journal/lease-lost'

/** Between the attempts to write an outcome; some six seconds in all, for about as long a failover takes. */
export const OUTCOME_PAUSES_MS: readonly number[] = [100, 200, 400, 800, 1_600, 3_200]
/** Attempts take their time as well; beyond this none is begun. Well within the lease of an operation. */
const LONGEST_MS = 8_000

/**
 * Commits what came of a call that was made. Nobody else knows it, so a database that is away is tried again for a
 * while. Throws what `work` throws, and `service_unavailable` in the end, or where an attempt whose answer was lost turns
 * out to have been committed: what it went on to may be anywhere by now.
 */
export async function writeOutcome<T>(
  database: Pick<Database, 'transaction'>,
  work: (tx: Tx) => Promise<T>,
  pausesMs: readonly number[],
): Promise<T> {
  const started = performance.now()
  let lost: unknown = null
  for (const pause of [...pausesMs, 0]) {
    try {
      return await database.transaction(work)
    } catch (err) {
      if (lost !== null && err instanceof LeaseLost) break
      if (!isDatabaseUnavailable(err)) throw err
      lost = err
    }
    if (performance.now() - started > LONGEST_MS) break
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
