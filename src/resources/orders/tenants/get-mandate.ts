import { callProvider } from '#connections/call-provider'
import type { Mandate } from '#contract/tenants'
import type { Call } from '#http/caller'
import { createDeadline } from '#providers/deadline'
import type { ProviderMandate } from '#providers/port/mandates'
import type { RunResult } from '#providers/run'
import { type ReachableTenant, reachTenant } from '#resources/orders/tenants/reach-tenant'
import { recordMandate, toMandate } from '#resources/orders/tenants/record-mandate'
import type { TenantNames } from '#resources/orders/tenants/update-tenant'
import type { Services } from '#services'

/** Reads a tenant's mandate at the provider, and records it when it has changed. Throws ProviderError. */
export async function readMandate(
  services: Services,
  call: Call,
  { connection, providerOrderId, providerTenantId, stored }: ReachableTenant,
): Promise<RunResult<ProviderMandate>> {
  const deadline = createDeadline(services.config.providerTimeoutMs)
  const started = performance.now()
  const readAt = services.now()
  const { uuid, tenant } = stored
  const target = { connection, deadline, resource: { prefix: 'tenant' as const, uuid } }
  try {
    const ids = { order_id: providerOrderId, tenant_id: providerTenantId }
    const run = await callProvider(services, call, target, 'mandates.get', ids)
    const { status, provider_status } = run.value
    if (status !== tenant.mandate_status) {
      const at = services.now()
      await services.database.transaction(tx =>
        recordMandate(tx, call.caller, uuid, { status, provider_status, at, readAt }),
      )
    }
    return run
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}

/**
 * A tenant's direct debit mandate as it stands at the provider now. Of somebody whose data was erased here the provider
 * still has the account's name; it is not shown again, nor is the provider's own answer.
 */
export async function getMandate(
  services: Services,
  call: Call,
  names: TenantNames,
  withProviderData: boolean,
): Promise<Mandate> {
  const reachable = await reachTenant(services, call, names, 'mandates.get')
  const { value, payload } = await readMandate(services, call, reachable)
  const mandate = toMandate(value, call.caller, reachable.stored.uuid)
  if (reachable.stored.tenant.erased_at !== null) return { ...mandate, account_name: null }
  if (!withProviderData || !payload) return mandate
  const { fetchedAt, data } = payload
  const provider_data = { [reachable.order.provider]: { fetched_at: fetchedAt.toISOString(), data } }
  return { ...mandate, provider_data }
}
