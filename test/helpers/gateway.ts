import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type Api, createApi } from '#test/api'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { buildApp } from '#app'
import { makeApiKey } from '#accounts/api-key'
import { readConfig } from '#config'
import { createLogger } from '#observability/logger'
import { createServices, type Services } from '#services'
import { type RunningSimulators, startSimulators } from '#simulators/index'

export interface TestGateway {
  readonly api: Api
  readonly app: FastifyInstance
  readonly services: Services
  readonly key: string
  readonly database: TestDatabase
  readonly simulators: RunningSimulators
  /** Everything that was logged, a line per entry. */
  readonly logs: readonly string[]
  close(): Promise<void>
}

export interface TestGatewayOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly now?: () => Date
  /** Shared with another gateway, to have two processes on one database. */
  readonly database?: TestDatabase
  /** Shared likewise. */
  readonly simulators?: RunningSimulators
}

/** 32 bytes that are only ever used here. */
export const TEST_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString('base64')

/** The whole gateway on a database of its own, in front of running simulators. Close it when the file is done. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const logs: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      logs.push(String(chunk))
      done()
    },
  })
  const key = options.environment?.['BILLBRIDGE_API_KEY'] ?? makeApiKey('test')
  const database = options.database ?? (await createTestDatabase())
  const clock = options.now ? { clock: options.now } : {}
  const simulators = options.simulators ?? (await startSimulators({ limit: 'off', ...clock }))
  const config = readConfig({
    BILLBRIDGE_API_KEY: key,
    BILLBRIDGE_ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    RATE_LIMIT_PER_MINUTE: '0',
    ...options.environment,
  })
  const { stop, ...running } = simulators
  const services = await createServices(config, {
    databaseUrl: database.url,
    logger: createLogger({ level: 'trace', pretty: false }, sink),
    simulators: config.simulator ? running : {},
    ...(options.now ? { now: options.now } : {}),
  })
  const app = await buildApp(services)
  return {
    api: createApi(app, key),
    app,
    services,
    key,
    database,
    simulators,
    logs,
    close: async () => {
      await app.close()
      await services.close()
      if (!options.simulators) await stop()
      if (!options.database) await database.drop()
    },
  }
}
