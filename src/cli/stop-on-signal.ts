import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'

/** Milliseconds that work under way gets when the process is told to stop. */
const GRACE = 15_000
/** Milliseconds during which requests still come in after SIGTERM: a load balancer takes a moment to notice. */
const DRAIN = 2_000
/** Ctrl-C under `npm start` arrives twice, from the terminal and from npm: within this time it is the same one. */
const ECHO = 1_000

/**
 * Stops gracefully on SIGTERM or SIGINT, and exits with 0; a second signal, or no end in time, exits with 1. `stop` is
 * given the milliseconds for which it is to serve on, none when somebody pressed Ctrl-C.
 */
export function stopOnSignal(logger: Logger, stop: (drainMs: number) => Promise<void>): void {
  let drainMs = 0
  const grace = closeWithGrace(
    { delay: GRACE, logger: false, skip: ['SIGINT', 'SIGTERM'] },
    async ({ err, signal }) => {
      if (err) logger.fatal({ err }, 'stopping after an error that nobody handled')
      else if (signal) logger.info({ signal }, 'stopping')
      await stop(drainMs)
      logger.info('stopped')
    },
  )
  let first: number | null = null
  const onSignal = (signal: NodeJS.Signals) => {
    if (first !== null) {
      if (performance.now() - first > ECHO) process.exit(1)
      return
    }
    first = performance.now()
    drainMs = signal === 'SIGTERM' ? DRAIN : 0
    logger.info({ signal }, 'stopping')
    grace.close()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}
