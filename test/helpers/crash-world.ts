import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { makeApiKey } from '#accounts/api-key'
import { type RunningSimulators, type SimulatorsOptions, startSimulators } from '#simulators/index'
import type { Api } from '#test/api'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { TEST_ENCRYPTION_KEY } from '#test/gateway'
import { createLiveApi } from '#test/live-api'
import { type ServiceProcess, spawnService } from '#test/service-process'

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url))
/** The lease of an operation is twice this and a second more. */
const PROVIDER_TIMEOUT_MS = 5_000

export interface Service {
  readonly process: ServiceProcess
  /** Rejects when the service dies before it answers. */
  readonly call: Api
  /** `kill -9`; resolves once it is gone. */
  kill(): Promise<void>
}

/** One database and one set of providers, which outlive every process of the service that works with them. */
export interface World {
  readonly database: TestDatabase
  readonly simulators: RunningSimulators
  /** The real service in a process of its own, once it listens; on this world's database unless told otherwise. */
  start(databaseUrl?: string): Promise<Service>
  /** What else is to be undone when the test is over, before all this is. */
  atEnd(undo: () => Promise<void>): void
}

function environmentOf(simulators: RunningSimulators, databaseUrl: string, key: string) {
  const { homebox, housr, one_utility_bill } = simulators
  return {
    TZ: 'America/New_York',
    PORT: '0',
    LOG_LEVEL: 'info',
    RATE_LIMIT_PER_MINUTE: '0',
    PROVIDER_TIMEOUT_MS: String(PROVIDER_TIMEOUT_MS),
    DATABASE_URL: databaseUrl,
    BILLBRIDGE_API_KEY: key,
    BILLBRIDGE_ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    HOMEBOX_BASE_URL: homebox.url,
    HOMEBOX_TOKEN: homebox.credentials['token'] ?? '',
    HOUSR_BASE_URL: housr.url,
    HOUSR_API_KEY: housr.credentials['api_key'] ?? '',
    ONE_UTILITY_BILL_BASE_URL: one_utility_bill.url,
    ONE_UTILITY_BILL_CLIENT_ID: one_utility_bill.credentials['client_id'] ?? '',
    ONE_UTILITY_BILL_CLIENT_SECRET: one_utility_bill.credentials['client_secret'] ?? '',
  }
}

/** `atEnd` is given what is to be undone, and calls it when the test is over, however it ends. */
export async function createWorld(
  atEnd: (undo: () => Promise<void>) => void,
  options: {
    readonly limit?: Exclude<SimulatorsOptions['limit'], undefined>
    readonly environment?: Readonly<Record<string, string>>
  } = {},
): Promise<World> {
  const key = makeApiKey('test')
  const database = await createTestDatabase()
  atEnd(database.drop)
  const simulators = await startSimulators({ limit: options.limit ?? 'off' })
  atEnd(simulators.stop)
  return {
    database,
    simulators,
    atEnd,
    start: async (databaseUrl = database.url) => {
      const env = { ...environmentOf(simulators, databaseUrl, key), ...options.environment }
      const started = spawnService(process.execPath, [MAIN], { cwd: tmpdir(), env })
      atEnd(async () => void (await started.end('SIGKILL')))
      const call = createLiveApi(await started.address(), key)
      return { process: started, call, kill: async () => void (await started.end('SIGKILL')) }
    },
  }
}

const LOOKS = 3_000
const LOOK_EVERY_MS = 10

/** What `look` finds, looked for again and again until it is not null. Rejects when it never comes. */
export async function until<T>(what: string, look: () => Promise<T | null> | T | null): Promise<T> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const found = await look()
    if (found !== null) return found
    await delay(LOOK_EVERY_MS)
  }
  throw new Error(`${what} never came`)
}
