import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Journal } from '#journal/journal'
import {
  createThings,
  first,
  type JournalWorld,
  LEASE_MS,
  sentFor,
  startJournalWorld,
} from '#test/journal-world'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
let dead: Journal
let alive: Journal
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
  dead = world.process()
  alive = world.process()
})
afterAll(() => things.drop())

describe('recovering', () => {
  test('ends as unknown what a dead process left being sent, tells of it, and leaves the rest planned', async () => {
    const entry = first(await world.plan(dead, 3))
    world.pass(LEASE_MS + 1)
    expect(await alive.recover()).toBe(1)
    expect(await world.states(entry)).toEqual(['unknown', 'planned', 'planned'])
    expect(first(await world.entries(entry))).toMatchObject({
      error: { code: 'provider_outcome_unknown', retryable: false },
      settledAt: null,
      leaseUntil: null,
    })
    expect(await world.told(entry)).toEqual(['1 unknown'])
    expect(await world.events(entry)).toEqual(['operation.unknown'])
    expect(world.asked()).toEqual([])
  })

  test('leaves alone what may still be under way', async () => {
    const entry = first(await world.plan(dead, 1))
    world.pass(LEASE_MS)
    expect(await alive.recover()).toBe(0)
    expect(await world.states(entry)).toEqual(['sending'])
  })

  test('leaves alone what is settled', async () => {
    const entry = first(await world.plan(dead, 1))
    await dead.advance(entry, sentFor, async () => undefined)
    world.pass(LEASE_MS + 1)
    expect(await alive.recover()).toBe(0)
  })

  test('happens once for each, however many processes look', async () => {
    const entries = await Promise.all(Array.from({ length: 5 }, () => world.plan(dead, 1)))
    world.pass(LEASE_MS + 1)
    const crowd = [alive, world.process(), world.process(), world.process()]
    const counts = await Promise.all(crowd.map(journal => journal.recover()))
    expect(counts.reduce((sum, count) => sum + count)).toBe(5)
    for (const entry of entries.map(first)) expect(await world.events(entry)).toEqual(['operation.unknown'])
  })

  test('of one operation says whether this was the process that did it', async () => {
    const entry = first(await world.plan(dead, 1))
    world.pass(LEASE_MS + 1)
    const did = await Promise.all([alive.giveUp(entry), world.process().giveUp(entry)])
    expect(did.toSorted()).toEqual([false, true])
  })

  test('goes on past one that cannot be recovered', async () => {
    const broken = first(await world.plan(dead, 1))
    await things.database.sql.query('DELETE FROM things WHERE id = $1', [broken.resource.uuid])
    world.pass(1)
    const sound = first(await world.plan(dead, 1))
    world.pass(LEASE_MS + 1)
    expect(await alive.recover()).toBe(1)
    expect([await world.states(broken), await world.states(sound)]).toEqual([['sending'], ['unknown']])
    await things.database.sql.query('DELETE FROM operations WHERE id = $1', [broken.id])
  })
})

describe('what was to follow an operation that was recovered', () => {
  test('goes on once when it is found to have happened', async () => {
    const entry = first(await world.plan(dead, 3))
    world.pass(LEASE_MS + 1)
    await alive.recover()
    const unknown = first(await world.entries(entry))
    const told = {
      outcome: 'happened' as const,
      send_again: false,
      at: world.now().toISOString(),
      key_id: 'key_1',
    }
    const next = await things.database.transaction(async tx => {
      const resolved = await alive.resolve(tx, unknown, { resolution: told, providerIds: ['their-9'] })
      return resolved && alive.next(tx, resolved)
    })
    if (!next) throw new Error('nothing follows')
    await alive.advance(next, sentFor, async () => undefined)
    expect(await world.states(entry)).toEqual(['settled_by_person', 'succeeded', 'succeeded'])
    expect(world.asked()).toEqual([2, 3])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })
})
