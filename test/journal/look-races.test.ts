import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import type { Sight } from '#journal/lookup'
import { createThings, first, type JournalWorld, sentFor, startJournalWorld } from '#test/journal-world'
import { after as onlyAfter, answersJson, resets } from '#test/upstream'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
let one: Journal
let other: Journal
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
  one = world.process()
  other = world.process()
})
afterAll(() => things.drop())

const FIRST_LOOK_MS = 5_000
const LOOK_LEASE_MS = 75_000
const found: Sight = { seen: 'it', providerIds: ['their-7'] }
const nothing: Sight = { seen: 'nothing' }

async function unknown(steps = 2): Promise<Entry> {
  const entry = first(await world.plan(one, steps))
  world.upstream.next(resets)
  await one.advance(entry, sentFor, async () => undefined)
  world.pass(FIRST_LOOK_MS)
  return first(await world.entries(entry))
}
const reload = async (entry: Entry) => first(await world.entries(entry))

const resolution = (outcome: 'happened' | 'did_not_happen', send_again = false) => ({
  outcome,
  send_again,
  at: world.now().toISOString(),
  key_id: 'key_01kb2z6x9ve8vs2m0g5a7d3c1r',
})
const resolve = (entry: Entry, outcome: 'happened' | 'did_not_happen') =>
  things.database.transaction(tx =>
    one.resolve(tx, entry, { resolution: resolution(outcome), providerIds: [] }),
  )

/** A look that has begun and sees what `see` is told. */
function slowLook(journal: Journal) {
  const begun = Promise.withResolvers<void>()
  const sight = Promise.withResolvers<Sight>()
  const reconciler = world.reconciler(journal, () => {
    begun.resolve()
    return sight.promise
  })
  const over = reconciler.lookAtDue('homebox')
  const see = async (seen: Sight) => {
    sight.resolve(seen)
    return over
  }
  return { begun: begun.promise, see, reconciler }
}

describe('two processes', () => {
  test('look for one operation once, and settle it once', async () => {
    const entries = [await unknown(), await unknown(), await unknown()]
    const reconcilers = [one, other, one, other].map(journal => world.reconciler(journal, async () => found))
    const looked = await Promise.all(reconcilers.map(reconciler => reconciler.lookAtDue('homebox')))
    expect(looked.reduce((sum, count) => sum + count)).toBe(3)
    expect(world.asked().toSorted()).toEqual([1, 1, 1, 2, 2, 2])
    for (const entry of entries) {
      expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
      expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
    }
  })

  test('let a look that is under way be, also when somebody asks for one at once', async () => {
    const entry = await unknown()
    const look = slowLook(one)
    await look.begun
    const second = world.reconciler(other, async () => nothing)
    await second.lookAt([entry], sentFor)
    expect([await second.lookAtDue('homebox'), world.looks()]).toEqual([0, []])
    await look.see(found)
    expect(world.looks()).toEqual(['found'])
  })

  test('do not wait for a look whose process died', async () => {
    const entry = await unknown()
    const dead = slowLook(one)
    await dead.begun
    world.pass(LOOK_LEASE_MS + 1)
    expect(await world.reconciler(other, async () => found).lookAtDue('homebox')).toBe(1)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
    await dead.see(nothing)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
  })

  test('do not take an old look for a second one that finds nothing', async () => {
    const entry = await unknown()
    const zombie = slowLook(one)
    await zombie.begun
    world.pass(LOOK_LEASE_MS + 1)
    await world.reconciler(other, async () => nothing).lookAtDue('homebox')
    const before = await reload(entry)
    await zombie.see(nothing)
    expect(await reload(entry)).toEqual(before)
    expect(before).toMatchObject({ state: 'unknown', absentAt: world.now() })
  })
})

describe('a person who is quicker than a look', () => {
  test.each([
    ['it', found],
    ['nothing', nothing],
    ['doubt', { seen: 'doubt', hint: 'hm' }],
  ] as const)('is not contradicted when it sees %s', async (_, seen) => {
    const entry = await unknown()
    const look = slowLook(other)
    await look.begun
    await resolve(entry, 'did_not_happen')
    const settled = await reload(entry)
    await look.see(seen)
    if (seen === found) expect(world.looks()).toEqual(['overtaken'])
    expect(await reload(entry)).toEqual(settled)
    expect(await world.states(entry)).toEqual(['settled_by_person', 'planned'])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })

  test('may have it sent again, and the look says nothing of that attempt', async () => {
    const entry = await unknown()
    const look = slowLook(other)
    await look.begun
    const as = { reference: null, resolution: resolution('did_not_happen', true) }
    const again = await things.database.transaction(tx => one.resend(tx, entry, as))
    await look.see(found)
    expect(await reload(entry)).toEqual(again)
    await one.advance(again ?? entry, sentFor, async () => undefined)
    expect(world.asked()).toEqual([1, 1, 2])
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
  })

  test('or slower, or just as quick: one of them settles it, and what follows is done once', async () => {
    const entry = await unknown()
    const reconciler = world.reconciler(other, async () => found)
    const [resolved] = await Promise.all([
      things.database.transaction(async tx => {
        const finding = { resolution: resolution('happened'), providerIds: ['their-7'] }
        const settled = await one.resolve(tx, entry, finding)
        return settled && one.next(tx, settled)
      }),
      reconciler.lookAtDue('homebox'),
    ])
    if (resolved) await one.advance(resolved, sentFor, async () => undefined)
    expect(world.asked()).toEqual([1, 2])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
    expect(['succeeded', 'settled_by_person']).toContain((await reload(entry)).state)
  })
})

describe('a retry', () => {
  test('of what a look has just found does not send it', async () => {
    const entry = await unknown(1)
    await world.reconciler(other, async () => found).lookAtDue('homebox')
    expect(await things.database.transaction(tx => one.again(tx, entry, {}))).toBeNull()
    expect(world.asked()).toEqual([1])
  })
})

describe('recovering', () => {
  test('an operation whose sender died leaves it to be looked for at once when somebody asks', async () => {
    const entry = first(await world.plan(one, 2))
    world.pass(3_600_000)
    const reconciler = world.reconciler(other, async () => found)
    await Promise.all([reconciler.lookAt([entry], sentFor), one.recover(), other.recover()])
    await reconciler.lookAt(await world.entries(entry), sentFor)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
    expect(world.asked()).toEqual([2])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })
})

describe('a process that is shut down', () => {
  test('breaks its look off, and another one looks in its place', async () => {
    const entry = await unknown()
    const never = Promise.withResolvers<void>()
    world.upstream.next(onlyAfter(never.promise, answersJson({ data: [] })))
    const before = world.upstream.requests.length
    const leaving = world.reconciler(one, async look => {
      await look.read('tenants.delete', { order_id: '7', tenant_id: '1' })
      return nothing
    })
    const looking = leaving.lookAtDue('homebox')
    await world.upstream.received(before + 1)
    await leaving.close()
    expect([await looking, world.looks()]).toEqual([1, ['unreadable']])
    expect((await reload(entry)).state).toBe('unknown')
    world.pass(3_600_000)
    expect(await leaving.lookAtDue('homebox')).toBe(0)
    await world.reconciler(other, async () => found).lookAt([entry], sentFor)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
    never.resolve()
  })
})
