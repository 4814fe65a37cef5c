import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createVault } from '#db/vault'
import { type Entry, entryColumns, entryFromRow } from '#journal/entry'
import type { JournalDeps } from '#journal/journal'
import { createSettler } from '#journal/settler'
import { readPayloads } from '#payloads/provider-payloads'
import { sealedProviders } from '#providers/registry'
import {
  createThings,
  first,
  type JournalWorld,
  LEASE_MS,
  scope,
  sentFor,
  startJournalWorld,
  thing,
} from '#test/journal-world'
import { resets } from '#test/upstream'
import { newUuid } from '#values/ids'

let things: Awaited<ReturnType<typeof createThings>>
let world: JournalWorld
beforeAll(async () => {
  things = await createThings()
})
beforeEach(async () => {
  world = await startJournalWorld(things.database)
})
afterAll(() => things.drop())

const nothing = async () => undefined
const vault = createVault([Buffer.alloc(32, 7)])
const payloadsOf = ({ resource }: Entry) =>
  readPayloads(things.database.sql, vault, { ...scope, keyId: newUuid(), scopes: [] }, resource)

/** The operation as somebody holds it who looks for it. */
async function claimed({ id }: Entry, owner: string): Promise<Entry> {
  const { rows } = await things.database.sql.query(
    `UPDATE operations SET lease_owner = $2 WHERE id = $1 RETURNING ${entryColumns}`,
    [id, owner],
  )
  return entryFromRow(rows[0])
}

describe('what a provider answers', () => {
  async function advanced(changes: Partial<JournalDeps> = {}): Promise<Entry> {
    const journal = world.process(changes)
    const entry = first(await world.plan(journal, 1))
    await journal.advance(entry, sentFor, nothing)
    return entry
  }

  test('is kept with the resource', async () => {
    const { homebox } = await payloadsOf(await advanced())
    expect(homebox?.data).toEqual({ done: true })
  })

  test('is not kept where it is shown nowhere', async () => {
    const resources = { order: { ...thing, keepsNoPayload: true as const } }
    expect(await payloadsOf(await advanced({ resources }))).toEqual({})
  })

  test.each([
    ['is kept when a look has found it', true],
    ['is not kept of a look whose turn is over', false],
  ])('%s', async (_, held) => {
    const journal = world.process()
    const planned = first(await world.plan(journal, 1))
    world.upstream.next(resets)
    await journal.advance(planned, sentFor, nothing)
    const [owner, other] = [newUuid(), newUuid()]
    const entry = await claimed(planned, held ? owner : other)
    const settler = createSettler({ vault, resources: { order: thing }, now: world.now })
    const payload = { fetchedAt: world.now(), data: { seen: 1 } }
    await things.database.transaction(tx =>
      settler.found(tx, entry, owner, { seen: 'it', providerIds: ['their-7'], payload }),
    )
    expect((await payloadsOf(entry))['homebox']?.data).toEqual(held ? { seen: 1 } : undefined)
    expect(await world.states(entry)).toEqual([held ? 'succeeded' : 'unknown'])
  })
})

describe('an operation whose sender died', () => {
  const { findOut } = sealedProviders.homebox

  test.each([
    ['homebox', 'mandates.update', findOut?.['mandates.update']],
    ['homebox', 'tenants.delete', null],
    ['mybeezbox', 'payments.refund', null],
  ])('at %s says how to find out about %s, where that is told', async (provider, operation, hint) => {
    const journal = world.process()
    const entry = first(await world.plan(journal, 1))
    await things.database.sql.query('UPDATE operations SET provider = $2, operation = $3 WHERE id = $1', [
      entry.id,
      provider,
      operation,
    ])
    world.pass(LEASE_MS + 1)
    expect(await journal.recover()).toBe(1)
    expect(await world.entries(entry)).toMatchObject([{ state: 'unknown', hint }])
  })
})
