import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import { LeaseLost } from '#journal/lease-lost'
import type { Sight } from '#journal/lookup'
import { insertMapping } from '#mappings/store'
import {
  createThings,
  first,
  type JournalWorld,
  scope,
  sentFor,
  startJournalWorld,
  thing,
} from '#test/journal-world'
import { resets } from '#test/upstream'
import { newUuid } from '#values/ids'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
let journal: Journal
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
  await things.database.sql.query('TRUNCATE mappings')
  journal = world.process()
})
afterAll(() => things.drop())

const MINUTE = 60_000
const found: Sight = { seen: 'it', kind: 'order', providerIds: ['their-7'] }
const nothing: Sight = { seen: 'nothing' }
const inDoubt: Sight = { seen: 'doubt', hint: 'The provider has thing 7, which it may be.' }

/** An operation that began `laterMs` after it was planned, and whose outcome nobody knows. */
async function unknown({ steps = 1, laterMs = 0 } = {}): Promise<Entry> {
  const entry = first(await world.plan(journal, steps))
  world.pass(laterMs)
  world.upstream.next(resets)
  await journal.advance(entry, sentFor, async () => undefined)
  return first(await world.entries(entry))
}

const reload = async (entry: Entry) => first(await world.entries(entry))
const look = (entry: Entry, sight: Sight) =>
  world.reconciler(journal, async () => sight).lookAt([entry], sentFor)

const Looks = z.array(z.object({ looks: z.int() }))
/** Looks that told something. */
async function counted({ id }: Entry): Promise<number> {
  const { rows } = await things.database.sql.query('SELECT looks FROM operations WHERE id = $1', [id])
  return first(Looks.parse(rows)).looks
}

/** The object that is found is this resource's, of whatever account. */
function map({ connectionId, provider }: Entry, uuid: string, accountId = scope.accountId) {
  const resource = { prefix: 'order' as const, uuid }
  const object = { providerResource: 'order', providerId: 'their-7', at: world.now() }
  return things.database.transaction(tx =>
    insertMapping(tx, { accountId, mode: 'test' }, { resource, connectionId, provider, ...object }),
  )
}

describe('an object that is found', () => {
  test.each([
    ['something else of ours', scope.accountId],
    ['of another account on the same connection', newUuid()],
  ])('is no proof when it is %s', async (_, accountId) => {
    const entry = await unknown({ steps: 2 })
    await map(entry, newUuid(), accountId)
    await look(entry, found)
    expect(world.looks()).toEqual(['doubt'])
    expect(await world.states(entry)).toEqual(['unknown', 'planned'])
    expect(await world.told(entry)).toEqual(['1 unknown'])
    expect(await counted(entry)).toBe(1)
  })

  test('is proof when it is known to be of this resource already', async () => {
    const entry = await unknown()
    await map(entry, entry.resource.uuid)
    await look(entry, found)
    expect(await world.states(entry)).toEqual(['succeeded'])
  })

  test('is proof when it is known to be of what the operation is for', async () => {
    const entry = await unknown()
    const subject = newUuid()
    await things.database.sql.query(
      `UPDATE operations SET subject_prefix = 'tenant', subject_id = $2 WHERE id = $1`,
      [entry.id, subject],
    )
    await map(entry, subject)
    await look(entry, found)
    expect(await world.states(entry)).toEqual(['succeeded'])
  })

  test('counts for nothing when that cannot be written down', async () => {
    const entry = await unknown()
    const settled = () => Promise.reject(new TypeError('a mistake'))
    const resources = { order: { ...thing, settled } }
    await world.reconciler(journal, async () => found, { resources }).lookAt([entry], sentFor)
    expect([world.looks(), await counted(entry)]).toEqual([['unreadable'], 0])
    expect(await world.states(entry)).toEqual(['unknown'])
  })

  test('is proof when its kind has no mappings', async () => {
    const entry = await unknown()
    await map(entry, newUuid())
    await look(entry, { seen: 'it', providerIds: ['their-7'] })
    expect(await world.states(entry)).toEqual(['succeeded'])
  })
})

describe('what was waiting for something that is found', () => {
  async function foundWhile(advance: Journal['advance']) {
    const lines: string[] = []
    const logger = pino({}, { write: line => void lines.push(line) })
    const entry = await unknown({ steps: 2 })
    const broken = { ...journal, advance }
    await world.reconciler(broken, async () => found, { logger }).lookAt([entry], sentFor)
    return { entry, warned: lines.filter(line => line.includes('could not be carried on')).length }
  }

  test('may fail to go on: what is found stays found, and that is logged', async () => {
    const { entry, warned } = await foundWhile(() => Promise.reject(new TypeError('a mistake')))
    expect(await world.states(entry)).toEqual(['succeeded', 'sending'])
    expect([warned, world.looks()]).toEqual([1, ['found']])
  })

  test('may be carried on by another process, which is nothing to log', async () => {
    const { warned } = await foundWhile(() => Promise.reject(new LeaseLost('taken over')))
    expect([warned, world.looks()]).toEqual([0, ['found']])
  })
})

describe('a look that finds nothing', () => {
  test('counts from when the outcome was left open, however long ago the operation was planned', async () => {
    const entry = await unknown({ laterMs: 50_000 })
    world.pass(MINUTE - 1)
    await look(entry, nothing)
    expect(await reload(entry)).toMatchObject({ absentAt: null, hint: null })
    world.pass(1)
    await look(entry, nothing)
    expect(await reload(entry)).toMatchObject({ absentAt: world.now(), hint: null })
    expect(await counted(entry)).toBe(2)
  })

  test('is put off by the age of the outcome alone', async () => {
    const entry = await unknown({ laterMs: 50_000 })
    world.pass(5_000)
    const reconciler = world.reconciler(journal, async () => nothing)
    await reconciler.lookAtDue('homebox')
    world.pass(14_999)
    expect(await reconciler.lookAtDue('homebox')).toBe(0)
    world.pass(1)
    expect(await reconciler.lookAtDue('homebox')).toBe(1)
    expect(await reload(entry)).toMatchObject({ state: 'unknown' })
  })

  test('says no more when a person was quicker to settle it', async () => {
    const entry = await unknown()
    world.pass(MINUTE)
    await look(entry, nothing)
    world.pass(MINUTE)
    const at = world.now().toISOString()
    const resolution = { outcome: 'happened', send_again: false, at, key_id: 'key_1' } as const
    const slow = world.reconciler(journal, async () => {
      await things.database.transaction(tx => journal.resolve(tx, entry, { resolution, providerIds: [] }))
      return nothing
    })
    await slow.lookAt([await reload(entry)], sentFor)
    expect(world.looks()).toEqual(['nothing', 'overtaken'])
    expect(await world.states(entry)).toEqual(['settled_by_person'])
  })
})

describe('a look in doubt', () => {
  test('is told as that, counts, and leaves the person a hint that outlasts the search', async () => {
    const entry = await unknown()
    await look(entry, inDoubt)
    expect([world.looks(), await counted(entry)]).toEqual([['doubt'], 1])
    world.pass(72 * 60 * MINUTE)
    await look(entry, nothing)
    expect(await reload(entry)).toMatchObject({ hint: 'The provider has thing 7, which it may be.' })
  })
})
