import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#http/caller'
import { familyOf } from '#resources/orders/timeline/family'
import { timelineOf } from '#resources/orders/timeline/store'
import { findOrderRow } from '#resources/orders/store'
import { fillLists } from '#test/full-lists'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { homeboxOffer, payer } from '#test/orders'
import { pagesRead } from '#test/statement-costs'
import { FIRST_UUID, uuidOf } from '#values/ids'

/** What one statement may read for an order of a handful of entries, however many other orders there are. */
const MOST = 60

let gateway: TestGateway
let caller: Caller
let order: { orderUuid: string; quoteUuid: string | null }
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await fillLists(gateway)
  const offer_id = await homeboxOffer(gateway.api)
  const { body } = await gateway.api('POST /v1/orders', {
    body: { offer_id, bill_payers: 1, tenants: [payer()] },
  })
  await gateway.services.callLog.flush()
  const row = await findOrderRow(gateway.services.database.sql, caller, uuidOf('order', body.id))
  order = { orderUuid: uuidOf('order', body.id), quoteUuid: row?.quote_id ?? null }
})
afterAll(() => gateway.close())

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('a timeline among many (%s)', planned => {
  test('reads few pages for what belongs to the order', async () => {
    const { database } = gateway.services
    const pages = await pagesRead(database, planned, sql => familyOf(sql, caller, order))
    expect(pages).toBeLessThanOrEqual(MOST)
  })

  test('reads few pages for its entries', async () => {
    const { database, now } = gateway.services
    const family = await familyOf(database.sql, caller, order)
    const after = { at: '-infinity', rank: 0, uuid: FIRST_UUID } as const
    const wanted = { after, limit: 25, now: now() }
    expect((await timelineOf(database.sql, caller, family, wanted)).length).toBeGreaterThan(5)
    const pages = await pagesRead(database, planned, sql => timelineOf(sql, caller, family, wanted))
    expect(pages).toBeLessThanOrEqual(MOST)
  })
})
