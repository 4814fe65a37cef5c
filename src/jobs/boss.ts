import { setTimeout as delay } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'

/** Milliseconds until it is tried again when the database cannot be had. */
const RETRY_MS = 5_000
/** Milliseconds that jobs under way get to end; less than the process gets. */
const STOP_MS = 12_000
/** Its own connections: the service's are for requests. */
const CONNECTIONS = 2

export interface Boss {
  /** Resolves once jobs are taken. */
  readonly started: Promise<void>
  /** Takes no more jobs and waits for those under way; what is not done by then is handed back. */
  stop(): Promise<void>
}

export interface BossDeps {
  readonly connectionString: string
  readonly logger: Logger
  /** Declares queues and takes up work on them. Run at every start. */
  readonly prepare: (boss: PgBoss) => Promise<void>
}

/**
 * Runs pg-boss in the schema `jobs`, which it makes and migrates itself. It comes up in the background, however long the
 * database takes: nothing waits for it.
 */
export function startBoss({ connectionString, logger, prepare }: BossDeps): Boss {
  const leaving = new AbortController()
  const { signal } = leaving
  let running: PgBoss | null = null

  async function start(): Promise<void> {
    // Loaded only now: it is large, and the service should be ready before.
    const { PgBoss } = await import('pg-boss')
    const boss = new PgBoss({
      connectionString,
      schema: 'jobs',
      application_name: 'billbridge-jobs',
      max: CONNECTIONS,
      connectionTimeoutMillis: RETRY_MS,
    })
    boss.on('error', err => logger.warn({ err }, 'jobs: the database cannot be used'))
    boss.on('warning', warning => logger.info({ warning }, 'jobs'))
    try {
      await boss.start()
      await prepare(boss)
      running = boss
    } catch (err) {
      await boss.stop({ graceful: false }).catch(() => undefined)
      throw err
    }
  }

  async function startAtLast(): Promise<void> {
    while (!signal.aborted) {
      try {
        return await start()
      } catch (err) {
        logger.warn({ err }, 'jobs could not be started')
        await delay(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined)
      }
    }
  }

  const started = startAtLast()
  return {
    started,
    stop: async () => {
      leaving.abort()
      await started
      await running?.stop({ graceful: true, timeout: STOP_MS })
    },
  }
}
