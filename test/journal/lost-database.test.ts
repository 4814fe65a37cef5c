import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import type { Entry } from '#journal/entry'
import {
  createThings,
  done,
  first,
  type JournalWorld,
  LEASE_MS,
  sentFor,
  startJournalWorld,
} from '#test/journal-world'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
let own: Database
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
  own = createDatabase({ connectionString: things.url })
})
afterAll(() => things.drop())

/** A process of its own whose database goes away once the provider has done what it was asked for. */
async function losesDatabase(
  send: (journal: ReturnType<JournalWorld['process']>, entry: Entry) => Promise<unknown>,
) {
  const journal = world.process({ database: own, leaseMs: BRIEF_MS })
  const entry = first(await world.plan(journal, 2))
  world.upstream.next(
    world.upstream.applies(async (socket, request) => {
      await own.close()
      await done(socket, request)
    }),
  )
  return { entry, failure: await send(journal, entry).catch((err: unknown) => err) }
}

const nothing = async () => undefined
/** A lease in which the database is asked a second time, and no more. */
const BRIEF_MS = 300

test('what a provider has answered is written down once the database is back', async () => {
  const { database } = things
  const troubles = ['08006', '57P03', '53300']
  const journal = world.process({
    database: {
      ...database,
      transaction: async work => {
        const code = world.upstream.effects > 0 ? troubles.shift() : undefined
        if (code !== undefined) throw Object.assign(new Error('for a test'), { code })
        return await database.transaction(work)
      },
    },
  })
  const entry = first(await world.plan(journal, 1))
  expect(await journal.advance(entry, sentFor, async () => 'finished')).toBe('finished')
  expect(troubles).toEqual([])
  expect(await world.states(entry)).toEqual(['succeeded'])
  expect(world.upstream.effects).toBe(1)
})

test('what was written down although the answer was lost is told of as being unknown', async () => {
  const { database } = things
  let lost = 0
  const journal = world.process({
    database: {
      ...database,
      transaction: async work => {
        const result = await database.transaction(work)
        if (world.upstream.effects === 0) return result
        lost += 1
        throw Object.assign(new Error('for a test'), { code: '08006' })
      },
    },
  })
  const entry = first(await world.plan(journal, 1))
  const failure = await journal.advance(entry, sentFor, nothing).catch((err: unknown) => err)
  expect(failure).toMatchObject({ code: 'service_unavailable' })
  expect([lost, await world.states(entry)]).toEqual([1, ['succeeded']])
})

test('an outcome is not tried again where writing it fails for another reason', async () => {
  const { database } = things
  let attempts = 0
  const journal = world.process()
  const entry = first(await world.plan(journal, 1))
  const work = journal.advance(entry, sentFor, () => {
    attempts += 1
    return Promise.reject(new Error('for a test'))
  })
  await expect(work).rejects.toThrow('for a test')
  expect(attempts).toBe(1)
  expect(database.stats().waiting).toBe(0)
})

test('what was sent before the database was lost stays as being sent, and is not answered as if nothing had been', async () => {
  const { entry, failure } = await losesDatabase((journal, planned) =>
    journal.advance(planned, sentFor, nothing),
  )
  expect(failure).toMatchObject({ code: 'service_unavailable', headers: { 'retry-after': '5' } })
  expect(failure).toHaveProperty('message', expect.stringContaining('was lost while a provider was called'))
  expect(await world.states(entry)).toEqual(['sending', 'planned'])
})

test('the same holds for several at once', async () => {
  const { failure } = await losesDatabase((journal, planned) =>
    journal.advanceAll([planned], sentFor, nothing),
  )
  expect(failure).toMatchObject({ code: 'service_unavailable' })
})

test('it becomes unknown once its lease is over, and is never sent a second time', async () => {
  const { entry } = await losesDatabase((journal, planned) => journal.advance(planned, sentFor, nothing))
  const other = world.process()
  expect(await other.recover()).toBe(0)
  world.pass(LEASE_MS + 1)
  expect(await other.recover()).toBe(1)
  expect(await world.states(entry)).toEqual(['unknown', 'planned'])
  expect([world.upstream.effects, world.asked()]).toEqual([1, [1]])
})
