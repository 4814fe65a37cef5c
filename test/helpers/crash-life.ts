import { z } from 'zod'
import { makeApiKey } from '#accounts/api-key'
import { type RunningSimulators, startSimulators } from '#simulators/index'
import type { Api, ApiAnswer } from '#test/api'
import { type Traced, tracedLead, tracedOrder } from '#test/crash-traces'
import { everyPage } from '#test/every-page'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { lookAtDue } from '#test/looking'
import { type PostgresProxy, startPostgresProxy, type When } from '#test/postgres-proxy'

/** The gateway dies at its n-th commit from now on. */
export interface Death {
  readonly commit: number
  readonly when: When
}

/** What was told, the oldest first. */
export interface Told {
  readonly type: string
  readonly resource: string
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * A gateway that is born again whenever it dies, on the same database and in front of the same providers, and another
 * one that works beside it.
 */
export interface Life {
  readonly simulators: RunningSimulators
  readonly api: Api
  /** The answer to what is asked; null when the gateway died before it could give one. */
  ask(death: Death | null, work: () => Promise<ApiAnswer>): Promise<ApiAnswer | null>
  /** Lets more time go by than any lease lasts, and what died be recovered. */
  wait(): Promise<void>
  /** Lets an hour go by, and both look for what nobody knows the outcome of, at once. */
  look(): Promise<void>
  /** Every operation whose outcome nobody knows. */
  unknown(): Promise<readonly { id: string; hint: string | null }[]>
  told(): Promise<readonly Told[]>
  /** All orders and leads, newest first. */
  everything(): Promise<Traced[]>
  end(): Promise<void>
}

const LONG_MS = 600_000
/** No longer does anybody wait for the next look. */
const HOUR_MS = 3_600_000

const Event = z.object({ type: z.string(), resource: z.string(), data: z.record(z.string(), z.unknown()) })
const Unknown = z.object({ id: z.string(), hint: z.string().nullable() })
const PROVIDER_TIMEOUT_MS = '150'

interface Body {
  readonly gateway: TestGateway
  readonly proxy: PostgresProxy
}

interface Surroundings {
  readonly key: string
  readonly database: TestDatabase
  readonly simulators: RunningSimulators
  readonly now: () => Date
}

async function bear({ key, database, simulators, now }: Surroundings): Promise<Body> {
  const proxy = await startPostgresProxy(database.url)
  const environment = { PROVIDER_TIMEOUT_MS, BILLBRIDGE_API_KEY: key }
  const reached = { ...database, url: proxy.url }
  return { proxy, gateway: await startTestGateway({ now, simulators, database: reached, environment }) }
}

/** Whatever it still does cannot be written down any more: to the rest of the world it is dead. */
async function die({ proxy, gateway }: Body): Promise<void> {
  await proxy.close()
  await gateway.close()
}

export async function createLife(): Promise<Life> {
  let time = Date.now()
  const database = await createTestDatabase()
  const now = () => new Date(time)
  const simulators = await startSimulators({ limit: 'off', clock: now })
  const surroundings = { key: makeApiKey('test'), database, simulators, now }
  let alive = await bear(surroundings)
  const other = await bear(surroundings)
  const api: Api = (route, request) => alive.gateway.api(route, request)

  return {
    simulators,
    api,
    async ask(death, work) {
      if (death === null) return work()
      const reached = alive.proxy.stopAt(death.commit, death.when).then(() => null)
      const asked = work()
      const answer = await Promise.race([reached, asked])
      await die(alive)
      await asked
      alive = await bear(surroundings)
      return answer
    },
    async wait() {
      time += LONG_MS
      await alive.gateway.services.journal.recover()
    },
    async look() {
      time += HOUR_MS
      await Promise.all([alive, other].map(({ gateway }) => gateway.services.journal.recover()))
      await lookAtDue(alive.gateway, other.gateway)
    },
    unknown: async () => z.array(Unknown).parse(await everyPage(api, '/v1/operations?state=unknown')),
    told: async () =>
      z
        .array(Event)
        .parse(await everyPage(api, '/v1/events?'))
        .toReversed(),
    async everything() {
      const orders: unknown[] = (await api('GET /v1/orders?limit=100')).body.data
      const leads: unknown[] = (await api('GET /v1/leads?limit=100')).body.data
      return [...orders.map(tracedOrder), ...leads.map(tracedLead)]
    },
    async end() {
      await die(alive)
      await die(other)
      await simulators.stop()
      await database.drop()
    },
  }
}
