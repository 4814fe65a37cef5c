import { callProvider } from '#connections/call-provider'
import type { Call } from '#http/caller'
import { entriesOf } from '#journal/store'
import { providerIdOf } from '#mappings/store'
import { keepPayload } from '#payloads/provider-payloads'
import { createDeadline } from '#providers/deadline'
import type { ProviderOrder } from '#providers/port/orders'
import { supports } from '#providers/registry'
import type { RunResult } from '#providers/run'
import { findOrder, type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import { changeStatus } from '#resources/orders/journaled'
import { learnHouse } from '#resources/orders/learn-house'
import { statusOfProvider, statusOfSteps } from '#resources/orders/order-status'
import { lockOrderRow } from '#resources/orders/store'
import type { Services } from '#services'
import { plainDateOf } from '#values/dates'

async function readAtProvider(
  services: Services,
  call: Call,
  reachable: ReachableOrder,
): Promise<RunResult<ProviderOrder>> {
  const { order, connection, providerOrderId, providerBranchId } = reachable
  const deadline = createDeadline(services.config.providerTimeoutMs)
  const started = performance.now()
  try {
    const target = { connection, deadline, resource: { prefix: 'order' as const, uuid: order.id } }
    return await callProvider(services, call, target, 'orders.get', {
      order_id: providerOrderId,
      branch_id: providerBranchId,
    })
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}

/**
 * Reads an order at its provider and keeps what it says. Nothing is asked while the order is not known to exist there,
 * or where the provider shows no orders. Throws `not_found` and ProviderError.
 */
export async function refreshOrder(services: Services, call: Call, orderId: string): Promise<void> {
  const order = await findOrder(services, call, orderId)
  const { database, vault } = services
  if (!supports(order.provider, 'orders.get')) return
  if ((await providerIdOf(database.sql, call.caller.accountId, order.id, 'order')) === null) return
  const readAt = services.now()
  const { value, payload } = await readAtProvider(
    services,
    call,
    await reachOrder(services, call, orderId, 'orders.get'),
  )
  const at = services.now()
  await database.transaction(async tx => {
    const row = await lockOrderRow(tx, call.caller, order.id)
    // What has changed here since it was asked for is newer than the answer.
    if (!row || row.updated_at > readAt) return
    await learnHouse(tx, row, value.address, at)
    const steps = await entriesOf(tx, row.account_id, { uuid: row.id })
    const status =
      statusOfSteps(steps, at) ?? statusOfProvider(row.status, value.state, row.tenancy_end, plainDateOf(at))
    await changeStatus(tx, row, { status, providerStatus: value.provider_status, at })
    if (payload)
      keepPayload(
        tx,
        vault,
        call.caller,
        { prefix: 'order', uuid: row.id },
        { provider: row.provider, payload },
      )
  })
}
