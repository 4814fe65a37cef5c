import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import { providerIdOf } from '#mappings/store'
import type { Connection } from '#providers/call-context'
import type { OperationName } from '#providers/port/index'
import { supporting, supports } from '#providers/registry'
import { findOrderRow, type OrderRow } from '#resources/orders/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** An order that exists at its provider, and the way there. */
export interface ReachableOrder {
  readonly order: OrderRow
  readonly connection: Connection
  /** The provider's own id of it. */
  readonly providerOrderId: string
  /** The provider's own id of its branch. */
  readonly providerBranchId: string | null
}

/** Throws `not_found`. */
export async function findOrder(services: Services, call: Call, orderId: string): Promise<OrderRow> {
  const order = await findOrderRow(services.database.sql, call.caller, uuidOf('order', orderId))
  if (order) return order
  throw notFound('order')
}

/**
 * An order for an operation below it. Throws `not_found`, `capability_not_supported`, `provider_not_connected` when its
 * connection is gone, and `state_conflict` while it is not known to exist at the provider.
 */
export async function reachOrder(
  services: Services,
  call: Call,
  orderId: string,
  operation: OperationName,
): Promise<ReachableOrder> {
  const order = await findOrder(services, call, orderId)
  const { sql } = services.database
  if (!supports(order.provider, operation)) {
    throw new ProblemError('capability_not_supported', `${order.provider} does not support ${operation}.`, {
      members: { supported_by: supporting(operation) },
    })
  }
  const connection = services.connections.through(call.caller, order.connection_id)
  if (connection === null)
    throw new ProblemError(
      'provider_not_connected',
      'The connection that this order was made through is not there any more.',
    )
  const providerOrderId = await providerIdOf(sql, call.caller.accountId, order.id, 'order')
  if (providerOrderId === null)
    throw new ProblemError(
      'state_conflict',
      `The order is ${order.status}: it is not known to exist at ${order.provider}.`,
    )
  const providerBranchId = order.branch_id
    ? await providerIdOf(sql, call.caller.accountId, order.branch_id, 'branch')
    : null
  return { order, connection, providerOrderId, providerBranchId }
}
