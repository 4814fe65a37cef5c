import { describe, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import { eachInJournalWorld, first, type JournalWorld, sentFor } from '#test/journal-world'
import { answersJson, resets } from '#test/upstream'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

const nothing = async () => undefined
const refused = answersJson({}, 422)
const notAfterAll = {
  outcome: 'did_not_happen' as const,
  send_again: true,
  at: '2026-11-21T12:00:00.000Z',
  key_id: 'key_01kb2z6x9ve8vs2m0g5a7d3c1r',
}

/** An operation that went wrong once, as it is kept. */
async function failed(behaviour = refused, steps = 2): Promise<Entry> {
  const entry = first(await world.plan(journal, steps))
  world.upstream.next(behaviour)
  await journal.advance(entry, sentFor, nothing)
  return first(await world.entries(entry))
}

const inCommit = <T>(work: Parameters<typeof world.database.transaction<T>>[0]) =>
  world.database.transaction(work)

describe('sending an operation again', () => {
  test('sends it as it was written down, and goes on with what follows', async () => {
    const entry = await failed()
    const again = await inCommit(tx => journal.again(tx, entry, {}))
    expect(again).toMatchObject({ state: 'sending', attempts: 2, error: null, settledAt: null })
    await journal.advance(again ?? entry, sentFor, nothing)
    expect(world.asked()).toEqual([1, 1, 2])
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
  })

  test('sends corrected input', async () => {
    const entry = await failed()
    const again = await inCommit(tx => journal.again(tx, entry, { input: { order_id: '7', tenant_id: '9' } }))
    await journal.advance(again ?? entry, sentFor, nothing)
    expect(world.asked()).toEqual([1, 9, 2])
  })

  test('keeps the name that the provider was given, when nothing was ever made under it', async () => {
    const entry = { ...(await failed()), reference: 'thing' }
    const again = await inCommit(tx => journal.again(tx, entry, {}))
    expect(again).toMatchObject({ reference: 'thing', resolution: null })
  })

  test('is refused when the operation has changed meanwhile', async () => {
    const entry = await failed()
    await inCommit(tx => journal.again(tx, entry, {}))
    expect(await inCommit(tx => journal.again(tx, entry, {}))).toBeNull()
  })
})

describe('sending again what a person found not to have happened', () => {
  test('goes out under another reference, and keeps what they said', async () => {
    const entry = await failed(resets)
    const as = { reference: 'thing-2', resolution: notAfterAll }
    const again = await inCommit(tx => journal.resend(tx, entry, as))
    expect(again).toMatchObject({
      state: 'sending',
      attempts: 2,
      reference: 'thing-2',
      resolution: notAfterAll,
    })
    await journal.advance(again ?? entry, sentFor, nothing)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
    expect(await world.told(entry)).toEqual(['1 unknown', '1 sending', '1 succeeded', '2 succeeded'])
    expect(await world.events(entry)).toEqual(['operation.unknown', 'operation.settled'])
  })

  test.each([['refused', refused]] as const)(
    'is for unknown outcomes only, not for one that was %s',
    async (_, behaviour) => {
      const entry = await failed(behaviour)
      expect(
        await inCommit(tx => journal.resend(tx, entry, { reference: null, resolution: notAfterAll })),
      ).toBeNull()
      const finding = { resolution: notAfterAll, providerIds: [] }
      expect(await inCommit(tx => journal.resolve(tx, entry, finding))).toBeNull()
      expect(await world.told(entry)).toEqual(['1 refused'])
    },
  )
})

describe('the next step', () => {
  test('is the first that is still planned, and none when there is none', async () => {
    const entry = await failed(refused, 3)
    const [second, third, none] = await inCommit(async tx => [
      await journal.next(tx, entry),
      await journal.next(tx, entry),
      await journal.next(tx, entry),
    ])
    expect([second?.seq, third?.seq, none]).toEqual([2, 3, null])
  })

  test('is started by one of two processes', async () => {
    const entry = await failed(refused, 2)
    const other = world.process()
    const started = await Promise.all([journal, other].map(one => inCommit(tx => one.next(tx, entry))))
    expect(started.filter(next => next !== null)).toHaveLength(1)
  })
})
