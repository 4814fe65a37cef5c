import type { Call } from '#http/caller'
import type { ReachableOrder } from '#resources/orders/find-order'
import type { Services } from '#services'

/** Placeholder until the endpoints below an order are there. */
export async function matchPeople(_services: Services, _call: Call, _order: ReachableOrder): Promise<void> {}
