import { describe, expect, test } from 'vitest'
import { sweep } from '#jobs/sweep'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import { eachInJournalWorld, first, type JournalWorld, LEASE_MS, sentFor } from '#test/journal-world'
import { answersJson, type Behaviour, resets } from '#test/upstream'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

const HOURS = 3_600_000
const nothing = async () => undefined
const kept = async (of: Entry) => (await world.entries(of)).map(({ input }) => input !== null)

async function advanced(steps: number, behaviour: Behaviour): Promise<Entry> {
  const entry = first(await world.plan(journal, steps))
  world.upstream.next(behaviour)
  await journal.advance(entry, sentFor, nothing)
  return entry
}

describe('the input of an operation', () => {
  test('is sealed', async () => {
    const entry = first(await world.plan(journal, 1))
    const stored = Buffer.from(first(await world.entries(entry)).input ?? [])
    expect(stored.toString('latin1')).not.toContain('tenant_id')
    expect(journal.inputOf(entry)).toEqual({ order_id: '7', tenant_id: '1' })
  })

  test('is not sent in place of another one, even if somebody puts it there', async () => {
    const [entry, other] = await world.plan(journal, 2)
    if (!entry || !other) throw new Error('nothing was planned')
    await journal.advance({ ...entry, input: other.input }, sentFor, nothing)
    expect(world.asked()).toEqual([])
    expect(await world.states(entry)).toEqual(['not_sent', 'planned'])
    expect(first(await world.entries(entry)).error?.message).toBe(
      'The input of this operation cannot be read.',
    )
  })

  test('is wiped in the commit in which the operation succeeds', async () => {
    const entry = first(await world.plan(journal, 2))
    await journal.advance(entry, sentFor, async () => {
      expect(await kept(entry)).toEqual([false, true])
    })
    expect(await kept(entry)).toEqual([false, false])
    expect(journal.inputOf(first(await world.entries(entry)))).toBeNull()
  })

  test('is wiped when a person says that it happened', async () => {
    const entry = await advanced(1, resets)
    const told = { outcome: 'happened' as const, send_again: false, at: '', key_id: '' }
    const unknown = first(await world.entries(entry))
    await world.database.transaction(tx =>
      journal.resolve(tx, unknown, { resolution: told, providerIds: [] }),
    )
    expect(await kept(entry)).toEqual([false])
  })

  test.each([
    ['refused', answersJson({}, 422)],
    ['unknown', resets],
  ] as const)(
    'is kept for three days after it was %s, with that of what was to follow',
    async (state, behaviour) => {
      const entry = await advanced(2, behaviour)
      world.pass(72 * HOURS)
      await sweep(world.database.sql, world.now())
      expect([await world.states(entry), await kept(entry)]).toEqual([
        [state, 'planned'],
        [true, true],
      ])
      world.pass(1)
      await sweep(world.database.sql, world.now())
      expect(await kept(entry)).toEqual([false, false])
    },
  )

  test('is kept for three days after it was not sent', async () => {
    const entry = first(await world.plan(journal, 1))
    await world.upstream.close()
    await journal.advance(entry, sentFor, nothing)
    world.pass(72 * HOURS)
    await sweep(world.database.sql, world.now())
    expect(await kept(entry)).toEqual([true])
    world.pass(1)
    await sweep(world.database.sql, world.now())
    expect(await kept(entry)).toEqual([false])
  })

  test('is kept for three days after its process died', async () => {
    const entry = first(await world.plan(journal, 2))
    world.pass(LEASE_MS + 1)
    await journal.recover()
    world.pass(72 * HOURS + 1)
    await sweep(world.database.sql, world.now())
    expect(await kept(entry)).toEqual([false, false])
  })

  test('is not wiped while it is being sent again, nor that of the step after it', async () => {
    const entry = await advanced(2, answersJson({}, 422))
    world.pass(72 * HOURS + 1)
    const refused = first(await world.entries(entry))
    const again = await world.database.transaction(tx => journal.again(tx, refused, {}))
    if (!again) throw new Error('it was not started')
    await journal.advance(again, sentFor, nothing)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
  })

  test('is needed: without it nothing is sent', async () => {
    const entry = await advanced(1, answersJson({}, 422))
    world.pass(72 * HOURS + 1)
    await sweep(world.database.sql, world.now())
    const refused = first(await world.entries(entry))
    const again = await world.database.transaction(tx => journal.again(tx, refused, {}))
    if (!again) throw new Error('it was not started')
    await journal.advance(again, sentFor, nothing)
    expect(first(await world.entries(entry))).toMatchObject({
      state: 'not_sent',
      error: { message: 'The input of this operation was wiped.' },
    })
    expect(world.asked()).toEqual([1])
  })
})
