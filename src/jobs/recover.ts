import type { Logger } from 'pino'
import type { Journal } from '#journal/journal'

const EVERY_MS = 1_000

export interface Recovery {
  stop(): Promise<void>
}

/** Ends operations whose sender died as unknown: now, and every second until it is stopped. */
export function startRecovery({ journal, logger }: { journal: Journal; logger: Logger }): Recovery {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<void> => {
    try {
      await journal.recover()
    } catch (err) {
      logger.warn({ err }, 'abandoned operations could not be looked for')
    }
    if (!stopped) timer = setTimeout(start, EVERY_MS).unref()
  }
  let running = Promise.resolve()
  const start = () => {
    running = round()
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
