import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { z } from 'zod'
import { createDatabase, type Database } from '#db/client'
import type { Tx } from '#db/tx'
import { createVault } from '#db/vault'
import type { Entry } from '#journal/entry'
import { createJournal, type Journal, type JournalDeps, type NewStep } from '#journal/journal'
import type { Journaled } from '#journal/journaled'
import type { Lookup } from '#journal/lookup'
import { createReconciler, type Reconciler, type ReconcilerDeps } from '#journal/reconcile'
import { entriesOf } from '#journal/store'
import type { LookOutcome } from '#journal/verdict'
import type { ProviderRuntime } from '#providers/run'
import { createTestDatabase } from '#test/database'
import { remove, startRuntime } from '#test/provider-runtime'
import { answersJson, type FaultyUpstream, startUpstream } from '#test/upstream'
import { newUuid } from '#values/ids'

export const LEASE_MS = 60_000
export const scope = { accountId: newUuid(), mode: 'test' as const }
export const sentFor = { requestId: 'req_test' }
const connectionId = newUuid()

/** What every provider here says to a change that it makes. */
export const done = answersJson({ done: true })

/** A database with the one kind of resource that is journaled here: it notes every state it is told of. */
export async function createThings(): Promise<{ database: Database; url: string; drop(): Promise<void> }> {
  const server = await createTestDatabase()
  const database = createDatabase({ connectionString: server.url })
  await database.sql.query(
    `CREATE TABLE things (id UUID PRIMARY KEY, account_id UUID, mode TEXT, told TEXT[] NOT NULL DEFAULT '{}')`,
  )
  const drop = async () => {
    await database.close()
    await server.drop()
  }
  return { database, url: server.url, drop }
}

/** The one kind of resource here. */
export const thing: Journaled = {
  table: 'things',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: ({ seq }) => [`their-${seq}`],
  settled: async (tx, { resource, seq, state }) => {
    const note = `${seq} ${state}`
    const told = await tx.query('UPDATE things SET told = told || $2::text WHERE id = $1', [
      resource.uuid,
      note,
    ])
    if (told.rowCount === 0) throw new TypeError('there is no such thing')
  },
}

export interface JournalWorld {
  readonly database: Database
  readonly upstream: FaultyUpstream
  /** The way to the provider that all processes share. */
  readonly runtime: ProviderRuntime
  /** Time as every process here sees it. */
  readonly now: () => Date
  pass(ms: number): void
  /** Another process on the same database. */
  process(changes?: Partial<JournalDeps>): Journal
  /** What looks for that process's unknown operations, with this lookup where there is one. */
  reconciler(
    journal: ReconcilerDeps['journal'],
    lookup?: Lookup<'tenants.delete'>,
    changes?: Partial<ReconcilerDeps>,
  ): Reconciler
  /** Every look there was, in turn. */
  looks(): readonly LookOutcome[]
  /** The next step: a change at the provider by number. */
  step(number: number, reference?: string): NewStep
  /** Writes down a thing with steps 1 to `count` in one commit, and commits. */
  plan(journal: Journal, count: number, sendNow?: 'first' | 'all'): Promise<Entry[]>
  /** The steps of the same thing as they stand. */
  entries(of: Entry): Promise<Entry[]>
  states(of: Entry): Promise<string[]>
  /** Every change of a state that the thing was told of, in turn. */
  told(of: Entry): Promise<string[]>
  /** What the world was told of an operation, in turn. */
  events(of: Entry): Promise<string[]>
  /** The numbers of the steps that the provider was asked for, in turn. */
  asked(): number[]
}

const Told = z.array(z.object({ told: z.array(z.string()) }))
const Events = z.array(z.object({ type: z.string() }))

/** A journal on a real, emptied database in front of a provider on a real socket. Lasts for one test. */
export async function startJournalWorld(database: Database): Promise<JournalWorld> {
  await database.sql.query('TRUNCATE things, operations, events')
  const upstream = await startUpstream()
  upstream.otherwise(upstream.applies(done))
  const { runtime, connection } = startRuntime(upstream.url, { script: { remove } })
  const own = { ...connection, id: connectionId }
  const vault = createVault([Buffer.alloc(32, 7)])
  const seen: LookOutcome[] = []
  let time = new Date('2026-11-21T12:00:00.000Z').getTime()
  const now = () => new Date(time)

  const step = (number: number, reference?: string): NewStep => {
    const input = { order_id: '7', tenant_id: String(number) }
    return { operation: 'tenants.delete', connection: own, input, ...(reference ? { reference } : {}) }
  }
  const entries = (of: Entry) => entriesOf(database.sql, scope.accountId, of.resource)

  const shared = {
    database,
    vault,
    connections: { through: (_caller, id) => (id === own.id ? own : null) },
    providers: runtime,
    resources: { order: thing },
    now,
    timeoutMs: 5_000,
    logger: pino({ level: 'silent' }),
  } satisfies Partial<JournalDeps>

  return {
    database,
    upstream,
    runtime,
    now,
    pass: ms => {
      time += ms
    },
    process: changes => createJournal({ ...shared, leaseMs: LEASE_MS, ...changes }),
    reconciler: (journal, lookup, changes) =>
      createReconciler({
        ...shared,
        journal,
        lookups: lookup ? { 'tenants.delete': lookup } : {},
        onLook: ({ outcome }) => seen.push(outcome),
        ...changes,
      }),
    looks: () => seen,
    step,
    plan: async (journal, count, sendNow = 'first') => {
      const uuid = newUuid()
      const steps = Array.from({ length: count }, (_, index) => step(index + 1))
      return database.transaction(async tx => {
        await addThing(tx, uuid)
        return journal.plan(tx, scope, { prefix: 'order', uuid }, steps, sendNow)
      })
    },
    entries,
    states: async of => (await entries(of)).map(({ state }) => state),
    told: async of => {
      const { rows } = await database.sql.query('SELECT told FROM things WHERE id = $1', [of.resource.uuid])
      return Told.parse(rows)[0]?.told ?? []
    },
    events: async of => {
      const { rows } = await database.sql.query(
        'SELECT type FROM events WHERE resource_id = $1 ORDER BY seq',
        [of.id],
      )
      return Events.parse(rows).map(({ type }) => type)
    },
    asked: () => upstream.requests.map(({ path }) => Number(/tenants\/(\d+)\//.exec(path)?.[1])),
  }
}

/** The resource itself, in the commit that plans its steps. */
export async function addThing(tx: Tx, uuid: string): Promise<void> {
  await tx.query('INSERT INTO things (id, account_id, mode) VALUES ($1, $2, $3)', [
    uuid,
    scope.accountId,
    scope.mode,
  ])
}

/** The only one, or the first. */
export function first<T>(all: readonly T[]): T {
  const [one] = all
  if (one === undefined) throw new Error('there is none')
  return one
}

/** Gives each test of the file a world of its own and a first process in it, on one database for the file. */
export function eachInJournalWorld(give: (world: JournalWorld, journal: Journal) => void): void {
  let things: Awaited<ReturnType<typeof createThings>>
  beforeAll(async () => {
    things = await createThings()
  })
  beforeEach(async () => {
    const world = await startJournalWorld(things.database)
    give(world, world.process())
  })
  afterAll(() => things.drop())
}
