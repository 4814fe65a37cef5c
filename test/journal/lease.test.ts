import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Journal, LeaseLost } from '#journal/journal'
import {
  createThings,
  done,
  first,
  type JournalWorld,
  LEASE_MS,
  sentFor,
  startJournalWorld,
} from '#test/journal-world'
import { after as onlyAfter } from '#test/upstream'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
let zombie: Journal
let other: Journal
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
  zombie = world.process()
  other = world.process()
})
afterAll(() => things.drop())

const never = async () => {
  throw new Error('must not be called')
}

/** An operation whose process sleeps while the provider answers, until `wake` is called. */
async function asleepWhileSending(steps = 1) {
  const entry = first(await world.plan(zombie, steps))
  const answered = Promise.withResolvers<void>()
  world.upstream.next(world.upstream.applies(onlyAfter(answered.promise, done)))
  const advancing = zombie.advance(entry, sentFor, never)
  const outcome = advancing.then(
    () => 'finished',
    (err: unknown) => err,
  )
  await world.upstream.received(1)
  world.pass(LEASE_MS + 1)
  const wake = () => {
    answered.resolve()
    return outcome
  }
  return { entry, wake }
}

const resolution = (outcome: 'happened' | 'did_not_happen') => ({
  outcome,
  send_again: false,
  at: world.now().toISOString(),
  key_id: 'key_01kb2z6x9ve8vs2m0g5a7d3c1r',
})

describe('a process that slept through its lease', () => {
  test('does not send what it had not sent yet', async () => {
    const entry = first(await world.plan(zombie, 2))
    world.pass(LEASE_MS)
    await zombie.advance(entry, sentFor, async () => undefined)
    expect(world.asked()).toEqual([])
    expect(await world.states(entry)).toEqual(['not_sent', 'planned'])
  })

  test('neither sends nor writes once others have given the operation up', async () => {
    const entry = first(await world.plan(zombie, 2))
    world.pass(LEASE_MS + 1)
    expect(await other.recover()).toBe(1)
    await expect(zombie.advance(entry, sentFor, never)).rejects.toBeInstanceOf(LeaseLost)
    expect(world.asked()).toEqual([])
    expect(await world.states(entry)).toEqual(['unknown', 'planned'])
  })

  test('cannot write the answer that it still got, nor send what was to follow', async () => {
    const { entry, wake } = await asleepWhileSending(2)
    await other.recover()
    expect(await wake()).toBeInstanceOf(LeaseLost)
    expect(await world.states(entry)).toEqual(['unknown', 'planned'])
    expect(await world.told(entry)).toEqual(['1 unknown'])
    expect(world.asked()).toEqual([1])
  })

  test('cannot write over what a person said meanwhile', async () => {
    const { entry, wake } = await asleepWhileSending()
    await other.recover()
    const unknown = first(await world.entries(entry))
    const finding = { resolution: resolution('did_not_happen'), providerIds: [] }
    await things.database.transaction(tx => other.resolve(tx, unknown, finding))
    expect(await wake()).toBeInstanceOf(LeaseLost)
    expect(first(await world.entries(entry))).toMatchObject({
      state: 'settled_by_person',
      resolution: { outcome: 'did_not_happen' },
    })
  })

  test('cannot write its answer to an attempt that somebody else makes meanwhile', async () => {
    const { entry, wake } = await asleepWhileSending()
    await other.recover()
    const unknown = first(await world.entries(entry))
    const as = { reference: null, resolution: resolution('did_not_happen') }
    const again = await things.database.transaction(tx => other.resend(tx, unknown, as))
    expect(await wake()).toBeInstanceOf(LeaseLost)
    expect(first(await world.entries(entry))).toEqual(again)
  })

  test('may still write it while nobody has given the operation up: it is the truth', async () => {
    const entry = first(await world.plan(zombie, 1))
    const answered = Promise.withResolvers<void>()
    world.upstream.next(onlyAfter(answered.promise, done))
    const advancing = zombie.advance(entry, sentFor, async () => 'finished')
    await world.upstream.received(1)
    world.pass(LEASE_MS + 1)
    answered.resolve()
    expect(await advancing).toBe('finished')
    expect(await other.recover()).toBe(0)
    expect(await world.states(entry)).toEqual(['succeeded'])
  })
})

describe('two processes on one operation', () => {
  test('settle it once, whoever comes first', async () => {
    const entry = first(await world.plan(zombie, 1))
    const outcomes = await Promise.allSettled([
      zombie.advance(entry, sentFor, async () => 'finished'),
      other.advance(entry, sentFor, async () => 'finished'),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(LeaseLost),
    })
    expect(await world.told(entry)).toEqual(['1 succeeded'])
  })

  test('start it again once', async () => {
    const entry = first(await world.plan(zombie, 1))
    await world.upstream.close()
    await zombie.advance(entry, sentFor, async () => undefined)
    const settled = first(await world.entries(entry))
    const started = await Promise.all(
      [zombie, other].map(journal => things.database.transaction(tx => journal.again(tx, settled, {}))),
    )
    expect(started.filter(again => again !== null)).toHaveLength(1)
  })
})
