import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import type { Lookup, Sight } from '#journal/lookup'
import type { ReconcilerDeps } from '#journal/reconcile'
import type { CallContext } from '#providers/call-context'
import { eachInJournalWorld, first, type JournalWorld, LEASE_MS, sentFor } from '#test/journal-world'
import { refusal } from '#test/recording-upstream'
import { answersJson, resets } from '#test/upstream'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

const found: Sight = { seen: 'it', providerIds: ['their-7'] }
const nothing: Sight = { seen: 'nothing' }
const reload = async (entry: Entry) => first(await world.entries(entry))

async function unknown(steps = 1): Promise<Entry> {
  const entry = first(await world.plan(journal, steps))
  world.upstream.next(resets)
  await journal.advance(entry, sentFor, async () => undefined)
  world.pass(5_000)
  return reload(entry)
}

/** A look that reads at the provider, and how the provider was called for it. */
function reading(changes: Partial<ReconcilerDeps> = {}) {
  const contexts: CallContext[] = []
  const run: ReconcilerDeps['providers']['run'] = (context, operation, input) => {
    contexts.push(context)
    return world.runtime.run(context, operation, input)
  }
  const lookup: Lookup<'tenants.delete'> = async look => {
    world.upstream.next(answersJson({ found: 1 }))
    await look.read('addresses.search', { query: 'NE1 2QB' })
    return found
  }
  return { contexts, reconciler: world.reconciler(journal, lookup, { ...changes, providers: { run } }) }
}

describe('a look', () => {
  test('reads for the account and the resource, on the request of whoever asked', async () => {
    const { accountId, resource, ...entry } = await unknown()
    const { contexts, reconciler } = reading()
    const asked = { requestId: 'req_asked', traceparent: '00-4bf92f3577b34da6-00f067aa0ba902b7-01' }
    await reconciler.lookAt([{ ...entry, accountId, resource }], asked)
    expect(contexts).toEqual([expect.objectContaining({ accountId, resource, ...asked })])
  })

  test('in its turn reads under an id of its own, and without a trace', async () => {
    await unknown()
    const { contexts, reconciler } = reading()
    await reconciler.lookAtDue('homebox')
    expect(contexts).toEqual([
      expect.objectContaining({ requestId: expect.stringMatching(/^look_[\da-f-]{36}$/) }),
    ])
    expect(contexts[0]).not.toHaveProperty('traceparent')
  })

  test('that somebody waits for is theirs for no longer than they wait, and a little more', async () => {
    const entry = await unknown()
    const leases: (Date | null)[] = []
    const reconciler = world.reconciler(journal, async () => {
      leases.push((await reload(entry)).leaseUntil)
      return nothing
    })
    await reconciler.lookAt([entry], sentFor)
    expect(leases).toEqual([new Date(world.now().getTime() + 5_000 + 15_000)])
    expect((await reload(entry)).leaseUntil).toBeNull()
  })

  test('knows what others were to send that nobody has settled either', async () => {
    const rival = await unknown()
    const done = first(await world.plan(journal, 1))
    await journal.advance(done, sentFor, async () => undefined)
    const entry = await unknown()
    const seen: unknown[] = []
    const reconciler = world.reconciler(journal, async look => {
      seen.push(await look.rivals())
      return nothing
    })
    await reconciler.lookAt([entry], sentFor)
    expect(seen).toEqual([[journal.inputOf(rival)]])
  })

  test('is told of with its provider, its operation and what came of it', async () => {
    await unknown()
    const told: unknown[] = []
    const { reconciler } = reading({ onLook: look => told.push(look) })
    await reconciler.lookAtDue('homebox')
    expect(told).toEqual([{ provider: 'homebox', operation: 'tenants.delete', outcome: 'found' }])
  })

  test('proves nothing when the connection is gone, and a person is told so', async () => {
    const entry = await unknown()
    await reading({ connections: { through: () => null } }).reconciler.lookAt([entry], sentFor)
    expect(world.looks()).toEqual(['unreadable'])
    const hint = expect.stringContaining('connection that it was sent through is not there')
    expect(await reload(entry)).toMatchObject({ state: 'unknown', hint })
  })

  test('is made at once for what a dead process left being sent', async () => {
    const entry = first(await world.plan(journal, 2))
    world.pass(LEASE_MS + 1)
    await reading().reconciler.lookAt([entry], sentFor)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })

  test('is not made for what is not unknown', async () => {
    const entry = first(await world.plan(journal, 2))
    const settled = await unknown()
    await reading().reconciler.lookAt([settled], sentFor)
    const { contexts, reconciler } = reading()
    await reconciler.lookAt([entry, await reload(settled)], sentFor)
    expect(contexts).toEqual([])
    expect(await world.states(entry)).toEqual(['sending', 'planned'])
  })
})

describe('what is logged', () => {
  test.each([
    ['a find', async () => found, { level: 30, outcome: 'found' }],
    ['a mistake', () => Promise.reject(new TypeError('a mistake')), { level: 50, msg: 'a look failed' }],
  ] as const)('is %s, by the id of the operation', async (_, lookup, line) => {
    const { id } = await unknown()
    const lines: string[] = []
    const logger = pino({}, { write: text => void lines.push(text) })
    await world.reconciler(journal, lookup, { logger }).lookAtDue('homebox')
    expect(lines.map(text => JSON.parse(text))).toMatchObject([{ operation_id: id, ...line }])
  })

  test.each([
    ['proves nothing', async () => nothing],
    ['cannot be made', () => Promise.reject(refusal({ outcome: 'not_sent' }))],
  ] as const)('is no look that %s', async (_, lookup) => {
    await unknown()
    const lines: string[] = []
    const logger = pino({}, { write: text => void lines.push(text) })
    await world.reconciler(journal, lookup, { logger }).lookAtDue('homebox')
    expect(world.looks()).toHaveLength(1)
    expect(lines).toEqual([])
  })
})

test('a round looks for fifty operations at the most', async () => {
  for (let planned = 0; planned < 51; planned += 1) await world.plan(journal, 1)
  world.pass(3_600_000)
  await journal.recover()
  world.pass(5_000)
  const reconciler = world.reconciler(journal, async () => nothing)
  expect([await reconciler.lookAtDue('homebox'), await reconciler.lookAtDue('homebox')]).toEqual([50, 1])
})
