import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listKeys } from '#accounts/key-store'
import type { DeliveryState } from '#contract/webhooks'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import { listMappings } from '#mappings/store'
import { listAuditRows } from '#resources/audit-log/store'
import { listEventRows } from '#resources/events/store'
import { listLeadRows } from '#resources/leads/store'
import { listEntries } from '#resources/operations/store'
import { listOrderRows, placeOf } from '#resources/orders/store'
import { listCalls } from '#resources/provider-calls/store'
import { listQuotes } from '#resources/quotes/store'
import { listVoidRows } from '#resources/voids/store'
import { listDeliveryRows } from '#resources/webhooks/deliveries/store'
import { listWebhookRows } from '#resources/webhooks/store'
import { fillLists, middle, rare } from '#test/full-lists'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { pagesRead } from '#test/statement-costs'

/** What a page of 25 rows may read of a list of any length (goal P11 of docs/performance.md). */
const MOST = 40

let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await fillLists(gateway)
}, 120_000)
afterAll(() => gateway.close())

const now = new Date('2026-11-21T12:00:00.000Z')
const limit = 25
type Read = (sql: Sql, after: string | null) => Promise<unknown>

const leads =
  (filter: Partial<Parameters<typeof listLeadRows>[2]>): Read =>
  (sql, after) =>
    listLeadRows(sql, caller, { status: null, branch_id: null, ...filter }, { limit, after })

const orders =
  (filter: Partial<Parameters<typeof listOrderRows>[2]>): Read =>
  (sql, after) => {
    const ours = { status: null, provider: null, branch_id: null, createdAfter: null, createdBefore: null }
    const wanted = { ...ours, reference: null, property_reference: null, ...filter }
    return listOrderRows(sql, caller, wanted, {
      limit,
      after: after && placeOf(middle.at.toISOString(), after),
    })
  }

const operations =
  (filter: Partial<Parameters<typeof listEntries>[2]['filter']>): Read =>
  (sql, after) => {
    const wanted = { state: null, provider: null, operation: null, resourceUuid: null, ...filter }
    return listEntries(sql, caller, { filter: wanted, page: { limit, after }, now })
  }

const events =
  (filter: Partial<Parameters<typeof listEventRows>[2]>): Read =>
  (sql, after) =>
    listEventRows(sql, caller, { type: null, resourceUuid: null, ...filter }, { limit, after })

const mappings =
  (filter: Partial<Parameters<typeof listMappings>[2]>): Read =>
  (sql, after) => {
    const wanted = { resourceUuid: null, provider: null, providerResource: null, providerId: null, ...filter }
    return listMappings(sql, caller, wanted, { limit, after })
  }

const calls =
  (filter: Partial<Parameters<typeof listCalls>[2]>): Read =>
  (sql, after) =>
    listCalls(sql, caller, { resourceUuid: null, provider: null, ...filter }, { limit, after })

const deliveries =
  (state: DeliveryState | null): Read =>
  (sql, after) =>
    listDeliveryRows(sql, caller, { webhookUuid: middle.webhook, state }, { limit, after })

const audit =
  (filter: Partial<Parameters<typeof listAuditRows>[2]>): Read =>
  (sql, after) =>
    listAuditRows(
      sql,
      caller,
      { action: null, resourceUuid: null, keyUuid: null, ...filter },
      { limit, after },
    )

const resourceUuid = middle.resource
const cases: readonly (readonly [name: string, read: Read])[] = [
  ['quotes', (sql, after) => listQuotes(sql, caller, { limit, after: after && middle.quote })],
  ['leads', leads({})],
  ['leads of a status that most have', leads({ status: 'submitted' })],
  ['leads of a status that few have', leads({ status: 'failed' })],
  ['leads of a branch', leads({ branch_id: rare.branch })],
  ['leads of a branch in a status', leads({ branch_id: rare.branch, status: 'submitted' })],
  ['voids', (sql, after) => listVoidRows(sql, caller, { limit, after })],
  ['orders', orders({})],
  ['orders in a status that most have', orders({ status: 'pending' })],
  ['orders in a status that few have', orders({ status: 'failed' })],
  ['orders at the provider of most', orders({ provider: 'homebox' })],
  ['orders at the provider of few', orders({ provider: 'housr' })],
  ['orders with a reference', orders({ reference: rare.reference })],
  ['orders with a property reference', orders({ property_reference: rare.reference })],
  ['orders of a branch', orders({ branch_id: rare.branch })],
  ['orders before a time long ago', orders({ createdBefore: new Date('2026-01-02T00:00:00Z') })],
  ['orders after the last one', orders({ createdAfter: new Date('2030-01-01T00:00:00Z') })],
  [
    'orders of few in a range long ago',
    orders({ status: 'failed', createdAfter: new Date(0), createdBefore: new Date('2026-01-02T00:00:00Z') }),
  ],
  ['operations', operations({})],
  ['operations in a state that most have', operations({ state: 'succeeded' })],
  ['operations in a state that few have', operations({ state: 'unknown' })],
  ['operations at the provider of few', operations({ provider: 'housr' })],
  ['operations of a rare kind', operations({ operation: 'mandates.update' })],
  ['operations of a resource', operations({ resourceUuid })],
  ['events', events({})],
  ['events of a rare type', events({ type: 'lead.failed' })],
  ['events of a resource', events({ resourceUuid })],
  ['mappings', mappings({})],
  ['mappings of a provider of few', mappings({ provider: 'housr' })],
  ['mappings of a rare kind at a provider', mappings({ provider: 'homebox', providerResource: 'invite' })],
  ['mappings of a provider’s id', mappings({ providerId: rare.providerId })],
  ['mappings of a resource', mappings({ resourceUuid })],
  ['provider calls', calls({})],
  ['provider calls to the provider of most', calls({ provider: 'homebox' })],
  ['provider calls to the provider of few', calls({ provider: 'housr' })],
  ['provider calls of a resource', calls({ resourceUuid })],
  ['keys', (sql, after) => listKeys(sql, caller, { limit, after })],
  ['audit log', audit({})],
  ['audit log of a rare action', audit({ action: 'api_keys.revoked' })],
  ['audit log of a key', audit({ keyUuid: rare.key })],
  ['audit log of a resource', audit({ resourceUuid })],
  ['webhooks', (sql, after) => listWebhookRows(sql, caller, { limit, after }, now)],
  ['deliveries of a webhook', deliveries(null)],
  ['deliveries in a state that most have', deliveries('pending')],
  ['deliveries in a state that few have', deliveries('dead')],
]

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('a page of a long list (%s)', planned => {
  test.each(cases)('reads few pages of the table: %s', async (_name, read) => {
    const { database } = gateway.services
    const first = await pagesRead(database, planned, sql => read(sql, null))
    const deep = await pagesRead(database, planned, sql => read(sql, middle.uuid))
    expect(Math.max(first, deep)).toBeLessThanOrEqual(MOST)
  })
})
