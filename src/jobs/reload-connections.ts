import type { Logger } from 'pino'
import type { Connections } from '#connections/connections'
import { CONNECTIONS_CHANNEL } from '#connections/own-connections'
import { startListener } from '#db/listener'
import { type Rounds, startRounds } from '#jobs/rounds'

/** The longest that another process's change is not known here while notifications do not come through. */
const EVERY_MS = 30_000

/** Learns of the connections that other processes have changed: when notified, and now and then, until it is stopped. */
export function startConnectionReloads(deps: {
  readonly connections: Pick<Connections, 'reload'>
  readonly connectionString: string
  readonly logger: Logger
}): Rounds {
  const { connections, connectionString, logger } = deps
  const failure = 'connections could not be read anew'
  const onNotification = () =>
    void connections.reload().catch((err: unknown) => logger.warn({ err }, failure))
  const listener = startListener({ connectionString, channel: CONNECTIONS_CHANNEL, onNotification, logger })
  const rounds = startRounds(connections.reload, { everyMs: EVERY_MS, failure, logger })
  return { stop: async () => void (await Promise.all([listener.stop(), rounds.stop()])) }
}
