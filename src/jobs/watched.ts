import type { Call } from '#http/caller'
import type { Subject } from '#jobs/polling-pace'
import type { Watch, WatchKind } from '#mappings/watches'
import type { OperationName } from '#providers/port/index'
import { findLeadRow, submissionsOf } from '#resources/leads/store'
import { refreshLead } from '#resources/leads/refresh-lead'
import { reachOrder } from '#resources/orders/find-order'
import { refreshOrder } from '#resources/orders/refresh-order'
import { watchPayments } from '#resources/orders/payments/watch-payments'
import { findOrderRow } from '#resources/orders/store'
import { readMandate } from '#resources/orders/tenants/get-mandate'
import { matchPeople } from '#resources/orders/tenants/match-people'
import { reachTenant } from '#resources/orders/tenants/reach-tenant'
import { findTenantState } from '#resources/orders/tenants/store'
import type { Services } from '#services'
import { tenantsOfOrders } from '#tenants/store'
import { idFromUuid } from '#values/ids'

/** How a kind of thing is looked at. */
export interface Watched {
  /** What the provider must offer for it. */
  readonly operation: OperationName
  /** What is known of it now; null when it is not there (any more). */
  find(services: Services, call: Call, uuid: string, provider: Watch['provider']): Promise<Subject | null>
  /** Asks the provider, and keeps and tells of what has changed in one commit. Throws ProviderError and ProblemError. */
  look(services: Services, call: Call, watch: Watch): Promise<void>
}

/** Whoever was invited becomes a bill payer without our being told: the lists say so. */
async function meetNewcomers(services: Services, call: Call, orderUuid: string): Promise<void> {
  const people = await tenantsOfOrders(services.database.sql, call.caller.accountId, [orderUuid])
  if (people.every(({ tenant }) => tenant.provider_ids.length > 0)) return
  const orderId = idFromUuid('order', orderUuid)
  await matchPeople(services, call, await reachOrder(services, call, orderId, 'tenants.list'))
}

const order: Watched = {
  operation: 'orders.get',
  find: async ({ database }, { caller }, uuid) => {
    const row = await findOrderRow(database.sql, caller, uuid)
    return row && { kind: 'order', status: row.status, at: row.created_at }
  },
  look: async (services, call, { resource_id: uuid }) => {
    await refreshOrder(services, call, idFromUuid('order', uuid))
    await meetNewcomers(services, call, uuid)
  },
}

const payments: Watched = {
  operation: 'orders.payments',
  find: async ({ database }, { caller }, uuid) => {
    const row = await findOrderRow(database.sql, caller, uuid)
    return row && { kind: 'payments', status: row.status, at: row.created_at, changedAt: row.updated_at }
  },
  look: (services, call, { resource_id: uuid, looked_at }) =>
    watchPayments(services, call, idFromUuid('order', uuid), { first: looked_at === null }),
}

const lead: Watched = {
  operation: 'leads.get',
  find: async ({ database }, { caller }, uuid, provider) => {
    const row = await findLeadRow(database.sql, caller, uuid)
    if (!row) return null
    const submissions = await submissionsOf(database.sql, caller.accountId, [uuid])
    const taken = submissions.filter(one => one.provider === provider && one.provider_ids.length > 0)
    return { kind: 'lead', completed: taken.every(one => one.completed_at !== null), at: row.created_at }
  },
  look: async (services, call, { resource_id: uuid, connection_id: only }) => {
    const [failure] = await refreshLead(services, call, uuid, only)
    if (failure) throw failure
  },
}

const mandate: Watched = {
  operation: 'mandates.get',
  find: async ({ database }, { caller }, uuid) => {
    const tenant = await findTenantState(database.sql, caller, uuid)
    if (!tenant || tenant.deleted_at !== null) return null
    const row = await findOrderRow(database.sql, caller, tenant.order_id)
    if (!row) return null
    return {
      kind: 'mandate',
      status: tenant.mandate_status,
      orderStatus: row.status,
      at: row.created_at,
    }
  },
  look: async (services, call, { resource_id: uuid }) => {
    const tenant = await findTenantState(services.database.sql, call.caller, uuid)
    if (!tenant) return
    const names = { orderId: idFromUuid('order', tenant.order_id), tenantId: idFromUuid('tenant', uuid) }
    await readMandate(services, call, await reachTenant(services, call, names, 'mandates.get'))
  },
}

export const watched: Readonly<Record<WatchKind, Watched>> = { order, payments, lead, mandate }
