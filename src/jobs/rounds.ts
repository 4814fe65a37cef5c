import type { Logger } from 'pino'

/** Work that comes again and again, until it is stopped. */
export interface Rounds {
  /** Resolves when the round under way has ended; there is no further one. */
  stop(): Promise<void>
}

/**
 * Does a round now and again `everyMs` milliseconds after each one has ended. A round that fails is logged with
 * `failure`, and the next one comes all the same.
 */
export function startRounds(
  round: () => Promise<void>,
  { everyMs, failure, logger }: { everyMs: number; failure: string; logger: Logger },
): Rounds {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void>
  const start = () => {
    running = round()
      .catch((err: unknown) => logger.warn({ err }, failure))
      .then(() => {
        if (!stopped) timer = setTimeout(start, everyMs).unref()
      })
  }
  start()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
