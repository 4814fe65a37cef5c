import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp } from '#app'
import type { Config } from '#config'
import { startEmbedded } from '#db/embedded'
import { migrate } from '#db/migrate'
import { migrationsDirectory } from '#db/migrations-directory'
import { keepApiKey } from '#db/secret-files'
import { removeForgottenUploads } from '#http/uploads/temporary-files'
import { startJobs } from '#jobs/start-jobs'
import { createServices, type Services } from '#services'

export interface RunningGateway {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly address: string
  readonly app: FastifyInstance
  readonly services: Services
  /**
   * Not ready at once, nor taking up work beside requests any more. Requests are served for `drainMs` longer (none by
   * default), so that whoever sends them can turn elsewhere; then what is under way is finished and everything let go.
   */
  stop(drainMs?: number): Promise<void>
}

/** The configured Postgres, or the embedded one started now, and then migrated. Deferred work stops it. */
async function openDatabase(config: Config, logger: Logger, undo: AsyncDisposableStack): Promise<string> {
  let url = config.databaseUrl
  if (url === null) {
    const embedded = await startEmbedded(join(config.dataDirectory, 'postgres'), line =>
      logger.warn({ line }, 'postgres'),
    )
    undo.defer(() => embedded.stop())
    url = embedded.url
  }
  const applied = await migrate(url, migrationsDirectory)
  if (applied.length > 0) logger.info({ applied }, 'migrations applied')
  return url
}

async function openSimulators(config: Config, undo: AsyncDisposableStack) {
  if (!config.simulator) return {}
  const stateDir = join(config.dataDirectory, 'simulators')
  mkdirSync(stateDir, { recursive: true })
  // Loaded where they are on only: 14 MB.
  const { startSimulators } = await import('#simulators/index')
  const { stop, ...simulators } = await startSimulators({ stateDir })
  undo.defer(stop)
  return simulators
}

/** A key that was made can be read again from its file (test mode only); nowhere else. */
function keepMadeKey(config: Config, services: Services): void {
  if (services.madeKey === null || config.mode === 'live') return
  try {
    keepApiKey(config.dataDirectory, services.madeKey)
  } catch (err) {
    services.logger.warn({ err }, 'the API key could not be kept in a file; it is shown only now')
  }
}

/** Brings the gateway up from nothing but its configuration. What was started is stopped again when a step fails. */
export async function startGateway(config: Config, logger: Logger): Promise<RunningGateway> {
  await using undo = new AsyncDisposableStack()
  const databaseUrl = await openDatabase(config, logger, undo)
  const simulators = await openSimulators(config, undo)
  const services = await createServices(config, { databaseUrl, logger, simulators })
  undo.defer(() => services.close())
  keepMadeKey(config, services)
  await removeForgottenUploads(services.now())
  const app = await buildApp(services)
  undo.defer(() => app.close())
  const address = await app.listen({ host: config.host, port: config.port })
  const jobs = startJobs(services, databaseUrl)
  undo.defer(() => jobs.stop())
  const held = undo.move()
  return {
    address,
    app,
    services,
    stop: async (drainMs = 0) => {
      services.readiness.leave()
      const stopped = jobs.stop()
      await delay(drainMs)
      await Promise.all([app.close(), stopped])
      await held.disposeAsync()
    },
  }
}
