import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Tx } from '#db/tx'
import { claimKey, deleteExpiredRecords, findRecord } from '#http/idempotency/store'
import { wipeInputs } from '#journal/store'
import { deleteExpiredAddresses } from '#resources/addresses/store'
import { deleteIdleLedgers } from '#connections/provider-ledger'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { newUuid } from '#values/ids'
import { PATIENCE } from '#test/patience'

const now = new Date('2026-11-21T12:00:00.000Z')
const past = new Date(now.getTime() - 2 * 86_400_000)
const later = new Date(now.getTime() + 86_400_000)
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const sql = () => gateway.services.database.sql
const caller = { accountId: newUuid(), mode: 'test' as const }

/** Has something swept that another transaction is just about to put to use again. Returns how much was swept. */
async function sweptWhile(use: (tx: Tx) => Promise<unknown>, sweep: () => Promise<number>): Promise<number> {
  const waiting = `
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  const { swept } = await gateway.services.database.transaction(async tx => {
    await use(tx)
    const begun = sweep()
    await vi.waitFor(async () => expect((await sql().query(waiting)).rowCount).toBe(1), PATIENCE)
    return { swept: begun }
  })
  return swept
}

describe('what is put to use again while it is swept', () => {
  test('is kept: an idempotency key that was free again', async () => {
    const request = { key: 'again', method: 'POST', path: '/v1/orders', body: null }
    const claim = (at: Date, expiresAt: Date) => ({
      ...{ id: newUuid(), fingerprint: Buffer.from('f'), owner: newUuid(), leaseUntil: expiresAt },
      ...{ now: at, expiresAt, resource: null },
    })
    await claimKey(sql(), caller, request, claim(past, past))
    const swept = await sweptWhile(
      tx => claimKey(tx, caller, request, claim(now, later)),
      () => deleteExpiredRecords(sql(), now, 10),
    )
    expect(swept).toBe(0)
    expect(await findRecord(sql(), caller, request, now)).toMatchObject({ state: 'running', fence: 2n })
  })

  test('an address that is shown once more', async () => {
    const insert = `
      INSERT INTO known_addresses (id, account_id, mode, provider, address_id, label, expires_at)
      VALUES ($1, $2, 'test', 'homebox', 'a1', 'A', $3)`
    const id = newUuid()
    await sql().query(insert, [id, caller.accountId, past])
    const swept = await sweptWhile(
      tx => tx.query('UPDATE known_addresses SET expires_at = $2 WHERE id = $1', [id, later]),
      () => deleteExpiredAddresses(sql(), now, 10),
    )
    expect(swept).toBe(0)
  })

  test('a ledger of credentials that are used again', async () => {
    const id = newUuid()
    const insert = `
      INSERT INTO provider_ledgers (id, fingerprint, kind, state, updated_at) VALUES ($1, 'f', 'window', 'null', $2)`
    await sql().query(insert, [id, past])
    const swept = await sweptWhile(
      tx => tx.query('UPDATE provider_ledgers SET updated_at = $2 WHERE id = $1', [id, now]),
      () => deleteIdleLedgers(sql(), now, 10),
    )
    expect(swept).toBe(0)
  })

  test('the input of an operation that is sent again', async () => {
    const id = newUuid()
    const insert = `
      INSERT INTO operations (id, account_id, mode, connection_id, provider, operation, resource_prefix, resource_id, seq,
        state, reconcile, input, provider_ids, created_at, wipe_at)
      VALUES ($1, $2, 'test', $1, 'homebox', 'voids.create', 'void', $1, 1, 'not_sent', 'by_person', '\\x00', '[]', $3, $3)`
    await sql().query(insert, [id, caller.accountId, past])
    const swept = await sweptWhile(
      tx => tx.query("UPDATE operations SET state = 'sending', wipe_at = NULL WHERE id = $1", [id]),
      () => wipeInputs(sql(), now, 10),
    )
    expect(swept).toBe(0)
  })
})
