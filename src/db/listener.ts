import pg from 'pg'
import type { Logger } from 'pino'

/** Milliseconds until a connection that was lost is made again. */
const AGAIN_MS = 1_000
const CONNECT_MS = 5_000

export interface Listener {
  stop(): Promise<void>
}

export interface ListenerDeps {
  readonly connectionString: string
  readonly channel: string
  /** Called for each notification, and whenever it has begun to listen: what came before that was not heard. */
  readonly onNotification: () => void
  readonly logger: Logger
}

/** Listens on a connection of its own, and makes it anew for as long as it takes when it is lost. */
export function startListener(deps: ListenerDeps): Listener {
  const { connectionString, channel, onNotification, logger } = deps
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let client: pg.Client | null = null
  let connecting = Promise.resolve()

  async function connect(): Promise<void> {
    const mine = new pg.Client({
      connectionString,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      application_name: 'billbridge-listener',
    })
    client = mine
    mine.on('error', err => logger.warn({ err }, 'notifications are not heard'))
    mine.on('end', again)
    mine.on('notification', onNotification)
    try {
      await mine.connect()
      await mine.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      if (!stopped) onNotification()
    } catch (err) {
      if (!stopped) logger.warn({ err }, 'notifications cannot be heard')
      await mine.end().catch(() => undefined)
      again()
    }
  }

  function again(): void {
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(start, AGAIN_MS).unref()
  }
  function start(): void {
    connecting = connect()
  }

  start()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      // A client that is told to end while it connects never does.
      await connecting
      await client?.end().catch(() => undefined)
    },
  }
}
