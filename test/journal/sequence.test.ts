import { describe, expect, test } from 'vitest'
import type { Database } from '#db/client'
import type { Journal } from '#journal/journal'
import { addThing, eachInJournalWorld, first, type JournalWorld, scope, sentFor } from '#test/journal-world'
import { answersJson, resets } from '#test/upstream'
import { newUuid } from '#values/ids'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

const nothing = async () => undefined

/** The same database, noting each commit and whatever writes outside of one. */
function counting(database: Database) {
  const counts = { commits: 0, strays: 0 }
  const counted: Database = {
    ...database,
    sql: {
      query: (text, values) => {
        if (!/^\s*SELECT/.test(text)) counts.strays += 1
        return database.sql.query(text, values)
      },
    },
    transaction: async work => {
      const result = await database.transaction(work)
      counts.commits += 1
      return result
    },
  }
  return { counted, counts }
}

describe('steps that are written down', () => {
  test('stand there before anything is sent, the first of them as being sent', async () => {
    const entries = await world.plan(journal, 3)
    expect(entries.map(({ seq, state, attempts }) => [seq, state, attempts])).toEqual([
      [1, 'sending', 1],
      [2, 'planned', 0],
      [3, 'planned', 0],
    ])
    expect(await world.entries(first(entries))).toEqual(entries)
    expect(world.asked()).toEqual([])
  })

  test('are gone with the commit that they were to be part of', async () => {
    const uuid = newUuid()
    const failing = world.database.transaction(async tx => {
      await addThing(tx, uuid)
      await journal.plan(tx, scope, { prefix: 'order', uuid }, [world.step(1)], 'first')
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    const { rows } = await world.database.sql.query('SELECT 1 FROM operations WHERE resource_id = $1', [uuid])
    expect(rows).toEqual([])
  })
})

describe('advancing in turn', () => {
  test('sends each step once its predecessor is settled, and finishes with the last', async () => {
    const entry = first(await world.plan(journal, 3))
    const last = await journal.advance(entry, sentFor, async (_tx, settled) => settled.entry.seq)
    expect(last).toBe(3)
    expect(world.asked()).toEqual([1, 2, 3])
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(await world.told(entry)).toEqual(['1 succeeded', '2 succeeded', '3 succeeded'])
    expect((await world.entries(entry)).map(({ providerIds }) => providerIds)).toEqual([
      ['their-1'],
      ['their-2'],
      ['their-3'],
    ])
  })

  test.each([1, 2, 5])('%i steps cost one commit more than there are steps', async count => {
    const { counted, counts } = counting(world.database)
    const countedJournal = world.process({ database: counted })
    const uuid = newUuid()
    const steps = Array.from({ length: count }, (_, index) => world.step(index + 1))
    const entries = await counted.transaction(async tx => {
      await addThing(tx, uuid)
      return countedJournal.plan(tx, scope, { prefix: 'order', uuid }, steps, 'first')
    })
    await countedJournal.advance(first(entries), sentFor, nothing)
    expect(await world.states(first(entries))).toEqual(Array(count).fill('succeeded'))
    expect(counts).toEqual({ commits: count + 1, strays: 0 })
  })

  test('marks the next step in the commit that settles the one before', async () => {
    const entry = first(await world.plan(journal, 2))
    let seen: string[] = []
    world.upstream.next(world.upstream.applies(answersJson({ done: true })), async (socket, request) => {
      seen = await world.states(entry)
      await answersJson({ done: true })(socket, request)
    })
    await journal.advance(entry, sentFor, nothing)
    expect(seen).toEqual(['succeeded', 'sending'])
  })

  test.each([
    ['refused', answersJson({ message: 'no' }, 422)],
    ['unknown', resets],
    ['unknown', answersJson({ done: true }, 500)],
    ['unknown', answersJson({ finished: true })],
  ] as const)('stops at a step that is %s', async (state, behaviour) => {
    const entry = first(await world.plan(journal, 3))
    world.upstream.next(world.upstream.applies(answersJson({ done: true })), behaviour)
    const last = await journal.advance(entry, sentFor, async (_tx, settled) => settled.entry)
    expect(last).toMatchObject({ seq: 2, state })
    expect(await world.states(entry)).toEqual(['succeeded', state, 'planned'])
    expect(world.asked()).toEqual([1, 2])
  })

  test('that nobody knows the end of are never called retryable, whatever broke', async () => {
    const entry = first(await world.plan(journal, 1))
    world.upstream.next(resets)
    await journal.advance(entry, sentFor, nothing)
    const [unknown] = await world.entries(entry)
    expect(unknown).toMatchObject({
      state: 'unknown',
      error: { code: 'provider_unavailable', retryable: false },
    })
  })

  test('stops at a step that was not sent, since nobody listens', async () => {
    const entry = first(await world.plan(journal, 2))
    await world.upstream.close()
    await journal.advance(entry, sentFor, nothing)
    expect(await world.states(entry)).toEqual(['not_sent', 'planned'])
    expect((await world.entries(entry))[0]?.error).toMatchObject({ code: 'provider_unavailable' })
  })

  test('stops at a step whose connection is gone', async () => {
    const without = world.process({ connections: { through: () => null } })
    const entry = first(await world.plan(without, 2))
    await without.advance(entry, sentFor, nothing)
    expect(await world.states(entry)).toEqual(['not_sent', 'planned'])
    expect(world.asked()).toEqual([])
  })

  test('finishes in the commit that settles the last step, or neither happens', async () => {
    const entry = first(await world.plan(journal, 1))
    const failing = journal.advance(entry, sentFor, async () => {
      throw new Error('the answer cannot be made')
    })
    await expect(failing).rejects.toThrow('the answer cannot be made')
    expect(await world.states(entry)).toEqual(['sending'])
    expect(await world.told(entry)).toEqual([])
    expect(world.upstream.effects).toBe(1)
  })

  test('closing waits for what is under way', async () => {
    const entry = first(await world.plan(journal, 2))
    let finished = false
    void journal.advance(entry, sentFor, async () => {
      finished = true
    })
    await journal.close()
    expect(finished).toBe(true)
    expect(await world.states(entry)).toEqual(['succeeded', 'succeeded'])
  })
})
