import { describe, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import type { Sight } from '#journal/lookup'
import { ProviderError } from '#providers/provider-error'
import { eachInJournalWorld, first, type JournalWorld, sentFor } from '#test/journal-world'
import { resets } from '#test/upstream'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

const HOUR = 3_600_000
const found: Sight = { seen: 'it', providerIds: ['their-7'] }
const nothing: Sight = { seen: 'nothing' }
const hint = 'The provider has thing 7, which it may be.'
const inDoubt: Sight = { seen: 'doubt', hint }

/** The first of three steps, whose outcome nobody knows. */
async function unknown(steps = 3): Promise<Entry> {
  const entry = first(await world.plan(journal, steps))
  world.upstream.next(resets)
  await journal.advance(entry, sentFor, async () => undefined)
  return first(await world.entries(entry))
}

const reconcilerThatSees = (...sights: readonly (Sight | Error)[]) => {
  const left = [...sights]
  return world.reconciler(journal, async () => {
    const sight = (left.length > 1 ? left.shift() : left[0]) ?? nothing
    if (sight instanceof Error) throw sight
    return sight
  })
}
const reload = async (entry: Entry) => first(await world.entries(entry))
const unreadable = (retryAfterMs?: number) =>
  new ProviderError({
    provider: 'homebox',
    operation: 'tenants.list',
    code: 'provider_unavailable',
    outcome: 'not_sent',
    message: 'is down',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })

describe('an operation that is found', () => {
  test('has succeeded, and what was to follow it goes on once', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(found)
    world.pass(5_000)
    expect(await reconciler.lookAtDue('homebox')).toBe(1)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(await reload(entry)).toMatchObject({ providerIds: ['their-7'], error: null, input: null })
    expect(world.asked()).toEqual([1, 2, 3])
    expect(await world.told(entry)).toEqual(['1 unknown', '1 succeeded', '2 succeeded', '3 succeeded'])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })

  test('is looked for when its turn has come, and not before', async () => {
    await unknown()
    const reconciler = reconcilerThatSees(found)
    world.pass(4_999)
    expect(await reconciler.lookAtDue('homebox')).toBe(0)
    world.pass(1)
    expect(await reconciler.lookAtDue('housr')).toBe(0)
    expect(await reconciler.lookAtDue('homebox')).toBe(1)
    expect(await reconciler.lookAtDue('homebox')).toBe(0)
  })
})

describe('an operation that is not found', () => {
  test('is not sent after two looks apart behind the grace period, and the rest stays planned', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(nothing)
    for (const ms of [5_000, 15_000, 45_000, 135_000]) {
      expect(await world.states(entry)).toEqual(['unknown', 'planned', 'planned'])
      world.pass(ms)
      await reconciler.lookAtDue('homebox')
    }
    expect(world.looks()).toEqual(['nothing', 'nothing', 'nothing', 'absent'])
    expect(await world.states(entry)).toEqual(['not_sent', 'planned', 'planned'])
    const settled = await reload(entry)
    expect(settled).toMatchObject({ error: { code: 'provider_unavailable', retryable: true } })
    expect(settled.input).not.toBeNull()
    expect(await world.told(entry)).toEqual(['1 unknown', '1 not_sent'])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })

  test('stays unknown however often somebody has it looked for within a minute', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(nothing)
    world.pass(60_000)
    for (let second = 0; second < 60; second += 20) {
      await reconciler.lookAt([entry], sentFor)
      world.pass(20_000)
    }
    expect(await world.states(entry)).toEqual(['unknown', 'planned', 'planned'])
    await reconciler.lookAt([entry], sentFor)
    expect(await world.states(entry)).toEqual(['not_sent', 'planned', 'planned'])
  })

  test('must be absent from the beginning again once something was seen', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(nothing, inDoubt, nothing)
    for (let minute = 0; minute < 3; minute += 1) {
      world.pass(60_000)
      await reconciler.lookAt([entry], sentFor)
    }
    expect(await reload(entry)).toMatchObject({ state: 'unknown', hint })
    world.pass(60_000)
    await reconciler.lookAt([entry], sentFor)
    expect((await reload(entry)).state).toBe('not_sent')
  })

  test('is sent again under a new reference', async () => {
    const entry = await unknown(1)
    await world.database.sql.query('UPDATE operations SET reference = $2 WHERE id = $1', [entry.id, 'thing'])
    const reconciler = reconcilerThatSees(nothing)
    for (let minute = 0; minute < 2; minute += 1) {
      world.pass(60_000)
      await reconciler.lookAt([entry], sentFor)
    }
    const absent = await reload(entry)
    const again = await world.database.transaction(tx => journal.again(tx, absent, {}))
    expect(again).toMatchObject({ state: 'sending', reference: 'thing-2', absentAt: null, attempts: 2 })
  })
})

describe('an operation that proves nothing', () => {
  test('is left to a person, with a hint, and is looked for all the same', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(inDoubt, found)
    world.pass(5_000)
    await reconciler.lookAtDue('homebox')
    expect(await reload(entry)).toMatchObject({ state: 'unknown', hint })
    world.pass(15_000)
    await reconciler.lookAtDue('homebox')
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  test('is not looked for any more after three days, and says so', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(unreadable())
    world.pass(72 * HOUR)
    expect(await reconciler.lookAtDue('homebox')).toBe(1)
    world.pass(72 * HOUR)
    expect(await reconciler.lookAtDue('homebox')).toBe(0)
    expect(await reload(entry)).toMatchObject({
      state: 'unknown',
      hint: expect.stringContaining('looked for over days'),
    })
  })

  test('is left to a person where nothing can look for it', async () => {
    const entry = await unknown()
    world.pass(5_000)
    expect(await world.reconciler(journal).lookAtDue('homebox')).toBe(1)
    expect(await reload(entry)).toMatchObject({
      state: 'unknown',
      hint: expect.stringContaining('no way to look for it'),
    })
  })

  test('is left to a person where what was sent is not kept any more', async () => {
    const entry = await unknown()
    await world.database.sql.query('UPDATE operations SET input = NULL WHERE id = $1', [entry.id])
    world.pass(5_000)
    await reconcilerThatSees(found).lookAtDue('homebox')
    expect(await reload(entry)).toMatchObject({
      state: 'unknown',
      hint: expect.stringContaining('not kept any more'),
    })
  })

  test('is never looked for where only a person can know', async () => {
    const entry = await unknown()
    await world.database.sql.query(`UPDATE operations SET reconcile = 'by_person' WHERE id = $1`, [entry.id])
    world.pass(HOUR)
    const reconciler = reconcilerThatSees(found)
    await reconciler.lookAt([entry], sentFor)
    expect([await reconciler.lookAtDue('homebox'), world.looks()]).toEqual([0, []])
  })
})

describe('a provider that cannot be read', () => {
  test('counts as no look, and is asked ever more rarely', async () => {
    const entry = await unknown()
    const reconciler = reconcilerThatSees(unreadable(), unreadable(), nothing)
    for (const ms of [5_000, 15_000, 45_000, 134_999, 1]) {
      world.pass(ms)
      await reconciler.lookAtDue('homebox')
    }
    expect(world.looks()).toEqual(['unreadable', 'unreadable', 'nothing', 'absent'])
    expect((await reload(entry)).state).toBe('not_sent')
  })

  test('is left alone for as long as it asks', async () => {
    await unknown()
    const reconciler = reconcilerThatSees(unreadable(300_000))
    world.pass(5_000)
    await reconciler.lookAtDue('homebox')
    world.pass(299_999)
    expect(await reconciler.lookAtDue('homebox')).toBe(0)
    world.pass(1)
    expect(await reconciler.lookAtDue('homebox')).toBe(1)
  })

  test('is no worse than a lookup with a mistake in it', async () => {
    const entry = await unknown()
    world.pass(5_000)
    expect(await reconcilerThatSees(new TypeError('a mistake')).lookAtDue('homebox')).toBe(1)
    expect(world.looks()).toEqual(['unreadable'])
    expect((await reload(entry)).state).toBe('unknown')
  })
})
