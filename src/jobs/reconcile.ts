import type { Logger } from 'pino'
import { providerIds } from '#contract/vocabulary'
import { type Rounds, startRounds } from '#jobs/rounds'
import type { Reconciler } from '#journal/reconcile'

const EVERY_MS = 1_000

/**
 * Looks at the providers for outcomes that nobody knows, whenever it is their turn, until it is stopped: each provider
 * by itself, so that a slow one keeps nobody waiting.
 */
export function startReconciliation({
  reconciler,
  logger,
}: {
  reconciler: Reconciler
  logger: Logger
}): Rounds {
  const failure = 'unknown outcomes could not be looked for'
  const rounds = providerIds.map(provider =>
    startRounds(async () => void (await reconciler.lookAtDue(provider)), {
      everyMs: EVERY_MS,
      failure,
      logger,
    }),
  )
  return {
    stop: async () => {
      const stopped = Promise.all(rounds.map(round => round.stop()))
      await reconciler.close()
      await stopped
    },
  }
}
