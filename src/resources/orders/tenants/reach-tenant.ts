import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import type { OperationName } from '#providers/port/index'
import { type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { refreshPeople } from '#resources/orders/tenants/match-people'
import type { Services } from '#services'
import { findTenantOfOrder, type StoredTenant } from '#tenants/store'
import { uuidOf } from '#values/ids'

/** A person who exists at the provider, and the way there. */
export interface ReachableTenant extends ReachableOrder {
  readonly stored: StoredTenant
  /** The provider's own id of them. */
  readonly providerTenantId: string
}

/** Throws `not_found` for somebody who is not, or not any more, one of the order's tenants. */
export async function findTenant(
  sql: Sql,
  call: Call,
  orderUuid: string,
  tenantId: string,
): Promise<StoredTenant> {
  const stored = await findTenantOfOrder(sql, call.caller, orderUuid, uuidOf('tenant', tenantId))
  if (stored) return stored
  throw notFound('tenant')
}

/**
 * A tenant for an operation at their provider, whose list is read when we do not know its id of them yet. Throws what
 * `reachOrder` throws, ProviderError, and `state_conflict` while the provider does not have them.
 */
export async function reachTenant(
  services: Services,
  call: Call,
  { orderId, tenantId }: { orderId: string; tenantId: string },
  operation: OperationName,
): Promise<ReachableTenant> {
  const reachable = await reachOrder(services, call, orderId, operation)
  const { sql } = services.database
  const { id: uuid } = reachable.order
  const stored = await findTenant(sql, call, uuid, tenantId)
  const [known] = stored.tenant.provider_ids
  if (known !== undefined) return { ...reachable, stored, providerTenantId: known }
  await refreshPeople(services, call, reachable, ['tenants'])
  const refreshed = await findTenant(sql, call, uuid, tenantId)
  const [found] = refreshed.tenant.provider_ids
  if (found !== undefined) return { ...reachable, stored: refreshed, providerTenantId: found }
  throw new ProblemError(
    'state_conflict',
    `This tenant is not a bill payer at ${reachable.order.provider} (yet): who was invited has to sign up first.`,
  )
}
