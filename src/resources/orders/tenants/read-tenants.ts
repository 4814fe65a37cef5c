import type { ListQuery } from '#contract/vocabulary'
import type { Tenant } from '#contract/tenants'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { cutArray } from '#http/read-through'
import { lookForUnknown } from '#journal/look-for-unknown'
import { keepPayload, readPayloads } from '#payloads/provider-payloads'
import { findOrder, reachOrder } from '#resources/orders/find-order'
import { inOrderOf, payloadOf } from '#resources/orders/tenants/listed-rows'
import { readPeople, recordPeople, refreshPeople } from '#resources/orders/tenants/match-people'
import { findTenant } from '#resources/orders/tenants/reach-tenant'
import type { Services } from '#services'
import { findTenantOfOrder, type StoredTenant, tenantsOfOrders } from '#tenants/store'
import { uuidOf } from '#values/ids'

/** The people of an order as its provider lists them now, then those whom it does not have (yet). */
export async function listTenants(
  services: Services,
  call: Call,
  orderId: string,
  query: ListQuery,
): Promise<Page<Tenant>> {
  const list = `orders/${orderId}/tenants`
  const page = services.cursors.read(query, list, call.caller)
  const reachable = await reachOrder(services, call, orderId, 'tenants.list')
  const people = await refreshPeople(services, call, reachable, ['tenants'])
  const { sql } = services.database
  const stored = await tenantsOfOrders(sql, call.caller.accountId, [reachable.order.id])
  const tenants = inOrderOf(
    people.tenants?.value ?? [],
    stored.map(({ tenant }) => tenant),
  )
  return cutArray(services.cursors, tenants, page, list, call.caller)
}

/** Reads the people of the order first, and keeps what the provider says of this one. */
async function refreshTenant(
  services: Services,
  call: Call,
  { orderId, tenantId }: { orderId: string; tenantId: string },
): Promise<StoredTenant> {
  const { database, vault } = services
  const reachable = await reachOrder(services, call, orderId, 'tenants.list')
  const { id: orderUuid, provider } = reachable.order
  await findTenant(database.sql, call, orderUuid, tenantId)
  const people = await readPeople(services, call, reachable, ['tenants'])
  const refreshed = await database.transaction(async tx => {
    await recordPeople(tx, services, call, reachable, people)
    const stored = await findTenantOfOrder(tx, call.caller, orderUuid, uuidOf('tenant', tenantId))
    const payload = stored && payloadOf(people.tenants, stored.tenant.provider_ids)
    if (stored && payload) {
      const holder = { prefix: 'tenant' as const, uuid: stored.uuid }
      keepPayload(tx, vault, call.caller, holder, { provider, payload })
    }
    return stored
  })
  // Only now, so that it is kept that they are gone.
  if (!refreshed) throw notFound('tenant')
  return refreshed
}

/** One person of an order. Throws `not_found` for somebody who was removed. */
export async function getTenant(
  services: Services,
  call: Call,
  names: { orderId: string; tenantId: string },
  wishes: { refresh: boolean; withProviderData: boolean },
): Promise<Tenant> {
  const { sql } = services.database
  const order = await findOrder(services, call, names.orderId)
  if (wishes.refresh) await lookForUnknown(services, call, { uuid: uuidOf('tenant', names.tenantId) })
  const { uuid, tenant } = wishes.refresh
    ? await refreshTenant(services, call, names)
    : await findTenant(sql, call, order.id, names.tenantId)
  if (!wishes.withProviderData) return tenant
  const holder = { prefix: 'tenant' as const, uuid }
  return { ...tenant, provider_data: await readPayloads(sql, services.vault, call.caller, holder) }
}
