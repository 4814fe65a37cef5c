import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isMadeSince, notBefore, weigh } from '#journal/candidates'
import type { Entry } from '#journal/entry'
import type { Look } from '#journal/lookup'
import { insertMapping } from '#mappings/store'
import { createThings, first, type JournalWorld, scope, startJournalWorld } from '#test/journal-world'
import { newUuid } from '#values/ids'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
let entry: Entry
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
  await things.database.sql.query('TRUNCATE mappings')
  entry = first(await world.plan(world.process(), 1))
})
afterAll(() => things.drop())

const sure = (id: string) => ({ id, sure: true })
type Rival = { order_id: string; tenant_id: string }

function look(rivals: readonly Rival[] = []): Look<'tenants.delete'> {
  return {
    entry,
    sql: things.database.sql,
    read: () => Promise.reject(new Error('nothing is read here')),
    rivals: () => Promise.resolve(rivals),
  }
}
const weighed = (candidates: readonly { id: string; sure: boolean }[], rivals: readonly Rival[] = []) =>
  weigh(look(rivals), { kind: 'order', candidates, isRival: ({ order_id }) => order_id === '7' })

/** Somebody has this order of the provider; the same account, unless told otherwise. */
function map(providerId: string, uuid: string, accountId = scope.accountId) {
  const { connectionId, provider } = entry
  const resource = { prefix: 'order' as const, uuid }
  const at = world.now()
  const mapping = { resource, connectionId, provider, providerResource: 'order', providerId, at }
  return things.database.transaction(tx => insertMapping(tx, { accountId, mode: 'test' }, mapping))
}

describe('weighing what a list shows', () => {
  test('takes the only one that is sure for proof', async () => {
    expect(await weighed([sure('1')])).toEqual({ seen: 'it', candidate: sure('1') })
  })

  test('finds nothing in an empty list', async () => {
    expect(await weighed([])).toEqual({ seen: 'nothing' })
  })

  test('asks nobody about an empty list', async () => {
    const alone = { ...look(), rivals: () => Promise.reject(new Error('nothing is asked here')) }
    const weighing = { kind: 'order', candidates: [], isRival: () => true }
    expect(await weigh(alone, weighing)).toEqual({ seen: 'nothing' })
  })

  test('leaves two to a person and names both', async () => {
    expect(await weighed([sure('1'), sure('2')])).toEqual({
      seen: 'doubt',
      hint: 'The provider has more than one that it may be: order 1, 2.',
      likely: ['1', '2'],
    })
  })

  test('leaves one that cannot be compared to a person', async () => {
    expect(await weighed([{ id: '1', sure: false }])).toMatchObject({
      seen: 'doubt',
      hint: expect.stringContaining('order 1'),
      likely: [],
    })
  })

  test('leaves one to a person that another unsettled operation may have made', async () => {
    expect(await weighed([sure('1')], [{ order_id: '7', tenant_id: '2' }])).toEqual({
      seen: 'doubt',
      hint: 'The provider has order 1, which another operation that is not settled may have made.',
      likely: ['1'],
    })
    expect(await weighed([sure('1')], [{ order_id: '8', tenant_id: '2' }])).toMatchObject({ seen: 'it' })
  })

  test('leaves out what is something else of ours, or of another account on the same connection', async () => {
    await map('1', newUuid())
    await map('2', newUuid(), newUuid())
    expect(await weighed([sure('1'), sure('2'), sure('3')])).toEqual({ seen: 'it', candidate: sure('3') })
    expect(await weighed([sure('1'), sure('2')])).toEqual({ seen: 'nothing' })
  })

  test('knows what has been found out about it before', async () => {
    await map('1', entry.resource.uuid)
    expect(await weighed([sure('1')])).toEqual({ seen: 'it', candidate: sure('1') })
    const subject = { prefix: 'tenant' as const, uuid: newUuid() }
    entry = { ...entry, subject }
    await map('2', subject.uuid)
    expect(await weighed([sure('2')])).toEqual({ seen: 'it', candidate: sure('2') })
  })
})

describe('the time at which something was made', () => {
  const intent = { createdAt: new Date('2026-11-21T12:00:00.000Z') }

  test.each([
    ['2026-11-21T12:00:00.000Z', true],
    ['2026-11-21T11:59:55.000Z', true],
    ['2026-11-21T11:59:54.999Z', false],
    [null, false],
  ])('%j proves that it came after our intent: %j', (at, is) => {
    expect(isMadeSince(intent, at)).toBe(is)
  })

  test('rules out what is older than clocks can differ', () => {
    expect(notBefore(intent)).toBe('2026-11-21T11:50:00.000Z')
  })
})
