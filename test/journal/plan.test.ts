import { describe, expect, test } from 'vitest'
import type { Entry } from '#journal/entry'
import type { Journal, NewStep } from '#journal/journal'
import { addThing, eachInJournalWorld, first, type JournalWorld, LEASE_MS, scope } from '#test/journal-world'
import { newUuid } from '#values/ids'

let world: JournalWorld
let journal: Journal
eachInJournalWorld((made, first) => {
  world = made
  journal = first
})

async function planned(step: NewStep): Promise<Entry> {
  const uuid = newUuid()
  return world.database.transaction(async tx => {
    await addThing(tx, uuid)
    return first(await journal.plan(tx, scope, { prefix: 'order', uuid }, [step], 'first'))
  })
}

describe('an operation that is written down', () => {
  const connection = () => ({ ...world.step(1).connection, provider: 'mybeezbox' as const })
  const cancel = (reference: string | null) =>
    planned({ operation: 'payoutRequests.cancel', connection: connection(), input: { id: '3' }, reference })

  test('is looked for by the name that it was given, and where it has none by what it is', async () => {
    expect(await cancel('payout_3')).toMatchObject({ reconcile: 'by_reference', reference: 'payout_3' })
    expect(await cancel(null)).toMatchObject({ reconcile: 'by_scan', reference: null })
    expect(await planned(world.step(1, 'thing'))).toMatchObject({ reconcile: 'by_scan', reference: 'thing' })
  })

  test('is left to a person where its provider does not say how it can be looked for', async () => {
    const input = { id: '7', changes: { freeze_payout_on: '2026-05-01' } }
    const entry = await planned({ operation: 'payments.update', connection: connection(), input })
    expect(entry.reconcile).toBe('by_person')
  })

  test('has the id and the subject that its caller knows beforehand', async () => {
    const id = newUuid()
    const subject = { prefix: 'tenant' as const, uuid: newUuid() }
    expect(await planned({ ...world.step(1), id, subject })).toMatchObject({ id, subject })
    expect(await planned(world.step(1))).toMatchObject({ subject: null, reference: null })
  })

  test('is its sender’s alone for as long as a lease lasts', async () => {
    const until = new Date(world.now().getTime() + LEASE_MS)
    expect(await planned(world.step(1))).toMatchObject({ state: 'sending', leaseUntil: until })
  })
})
