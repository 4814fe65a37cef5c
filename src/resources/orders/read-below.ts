import { readAtProvider } from '#connections/read-at-provider'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { cutArray } from '#http/read-through'
import type { Input, OperationName, Output, RepeatableName } from '#providers/port/index'
import type { RunResult } from '#providers/run'
import { type ReachableOrder, reachOrder } from '#resources/orders/find-order'
import type { OrderRow } from '#resources/orders/store'
import type { Deed, PlacedDeed } from '#resources/provider-objects/perform-at'
import type { Services } from '#services'

/** Reads something below an order at its provider. Throws what `reachOrder` throws, and ProviderError. */
export async function readBelow<K extends RepeatableName>(
  services: Services,
  call: Call,
  orderId: string,
  operation: K,
  inputOf: (reachable: ReachableOrder) => Input<K>,
): Promise<{ readonly order: OrderRow; readonly run: RunResult<Output<K>> }> {
  const reachable = await reachOrder(services, call, orderId, operation)
  const { order, connection } = reachable
  const resource = { prefix: 'order' as const, uuid: order.id }
  const run = await readAtProvider(services, call, { connection, resource }, operation, inputOf(reachable))
  return { order, run }
}

/** What most of them are asked with. */
export function byOrder({ providerOrderId }: ReachableOrder) {
  return { order_id: providerOrderId }
}

/** A value that lives at the order's provider alone, as it is answered: of this kind in the contract's words. */
export function shownBelow<K extends string, V extends object>(order: OrderRow, kind: K, value: V) {
  return { ...value, object: kind, mode: order.mode, provider: order.provider }
}

/** Something that is done below an order and leaves nothing with us. */
export function placedBelow<K extends OperationName>(
  { order, connection }: ReachableOrder,
  deed: Deed<K>,
): PlacedDeed<K> {
  return { deed, connection, subject: { prefix: 'order', uuid: order.id } }
}

/** A page of what is listed whole below an order, in the provider's order. */
export async function listBelow<T>(
  services: Services,
  call: Call,
  { list, query }: { readonly list: string; readonly query: ListQuery },
  read: () => Promise<readonly T[]>,
): Promise<Page<T>> {
  // A cursor that is none costs the provider no call.
  const page = services.cursors.read(query, list, call.caller)
  return cutArray(services.cursors, await read(), page, list, call.caller)
}
