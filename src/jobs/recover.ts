import type { Logger } from 'pino'
import { type Rounds, startRounds } from '#jobs/rounds'
import type { Journal } from '#journal/journal'

const EVERY_MS = 1_000

/** Ends operations whose sender died as unknown: now, and every second until it is stopped. */
export function startRecovery({ journal, logger }: { journal: Journal; logger: Logger }): Rounds {
  const failure = 'abandoned operations could not be looked for'
  return startRounds(async () => void (await journal.recover()), { everyMs: EVERY_MS, failure, logger })
}
