import { callProvider } from '#connections/call-provider'
import type { Tx } from '#db/tx'
import type { Call } from '#http/caller'
import { createDeadline } from '#providers/deadline'
import type { Output } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'
import type { RunResult } from '#providers/run'
import type { ReachableOrder } from '#resources/orders/find-order'
import { recordInvites } from '#resources/orders/invites/record-invites'
import { linkInvites } from '#resources/orders/invites/store'
import { lockOrderRow } from '#resources/orders/store'
import { recordTenants } from '#resources/orders/tenants/record-tenants'
import type { Services } from '#services'

type List = 'tenants' | 'invites'

/** Who is at the provider below an order. A list that was not asked for is null. */
export interface People {
  readonly tenants: RunResult<Output<'tenants.list'>> | null
  readonly invites: RunResult<Output<'invites.list'>> | null
  readonly readAt: Date
}

/** Reads lists of an order at its provider, side by side. Throws ProviderError. */
export async function readPeople(
  services: Services,
  call: Call,
  { order, connection, providerOrderId }: ReachableOrder,
  lists: readonly List[],
): Promise<People> {
  const deadline = createDeadline(services.config.providerTimeoutMs)
  const started = performance.now()
  const readAt = services.now()
  const target = { connection, deadline, resource: { prefix: 'order' as const, uuid: order.id } }
  const at = { order_id: providerOrderId }
  try {
    const [tenants, invites] = await Promise.all([
      lists.includes('tenants') ? callProvider(services, call, target, 'tenants.list', at) : null,
      lists.includes('invites') ? callProvider(services, call, target, 'invites.list', at) : null,
    ])
    return { tenants, invites, readAt }
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}

/** Brings our people of the order in line with what was read. */
export async function recordPeople(
  tx: Tx,
  services: Services,
  { caller }: Call,
  { order, connection }: ReachableOrder,
  { tenants, invites, readAt }: People,
): Promise<void> {
  const at = services.now()
  const place = { order, connection }
  await lockOrderRow(tx, caller, order.id)
  if (tenants) {
    await recordTenants(tx, caller, place, { listed: tenants.value, readAt, at })
    linkInvites(tx, caller, order.id)
  }
  if (invites) await recordInvites(tx, caller, place, { listed: invites.value, readAt, at })
}

/** Reads lists of an order and brings our people in line with them. Throws ProviderError. */
export async function refreshPeople(
  services: Services,
  call: Call,
  reachable: ReachableOrder,
  lists: readonly List[],
): Promise<People> {
  const people = await readPeople(services, call, reachable, lists)
  await services.database.transaction(tx => recordPeople(tx, services, call, reachable, people))
  return people
}

/** As `readPeople`; null when the provider cannot be read, where that can be made up for later. */
export async function tryReadPeople(
  services: Services,
  call: Call,
  reachable: ReachableOrder,
  lists: readonly List[],
): Promise<People | null> {
  try {
    return await readPeople(services, call, reachable, lists)
  } catch (err) {
    if (err instanceof ProviderError) return null
    throw err
  }
}

/**
 * Finds out the provider's ids of everybody who was added or invited to an order: reads both lists once and maps what is
 * new. What cannot be read or found now is made up for by the next GET; throws no ProviderError.
 */
export async function matchPeople(services: Services, call: Call, reachable: ReachableOrder): Promise<void> {
  const people = await tryReadPeople(services, call, reachable, ['tenants', 'invites'])
  if (people) await services.database.transaction(tx => recordPeople(tx, services, call, reachable, people))
}
