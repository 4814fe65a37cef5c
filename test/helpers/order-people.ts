import { Order } from '#contract/orders'
import type { Tenant } from '#contract/tenants'
import type { TestGateway } from '#test/gateway'
import { homeboxOffer } from '#test/orders'

export interface PlacedOrder {
  readonly id: string
  /** Its path below `/v1`, for what lies below it. */
  readonly path: `/v1/orders/${string}`
  /** Homebox's own id of it. */
  readonly homeboxId: string
  /** As the API answered it. */
  readonly body: Order
  /** Who was named at this place, counted from 0, as the API answered it. */
  tenant(place?: number): Tenant
}

/** A tenant package at the Homebox simulator. */
export async function placeOrder(
  { api }: Pick<TestGateway, 'api'>,
  changes: Readonly<Record<string, unknown>> = {},
  household: Readonly<Record<string, unknown>> = {},
): Promise<PlacedOrder> {
  const offer_id = await homeboxOffer(api, household)
  const { status, text, body } = await api('POST /v1/orders', { body: { offer_id, ...changes } })
  if (status !== 201) throw new Error(`the order was not made: ${text}`)
  const order = Order.parse(body)
  const homeboxId = order.steps[0]?.provider_ids[0]
  if (homeboxId === undefined) throw new Error(`Homebox gave it no id: ${text}`)
  return {
    id: order.id,
    path: `/v1/orders/${order.id}`,
    homeboxId,
    body: order,
    tenant: (place = 0) => {
      const tenant = order.tenants[place]
      if (!tenant) throw new Error(`nobody was named at place ${place}`)
      return tenant
    },
  }
}

/** What Homebox receives while `work` is done: method, path below the order, body. */
export async function sentBelow(
  { simulators }: Pick<TestGateway, 'simulators'>,
  { homeboxId }: PlacedOrder,
  work: () => Promise<unknown>,
): Promise<[method: string, path: string, body: unknown][]> {
  const before = simulators.homebox.requests().length
  await work()
  const below = `/api/partner/order/${homeboxId}`
  return simulators.homebox
    .requests()
    .slice(before)
    .map(({ method, path, body }) => [method, path.replace(below, ''), body])
}
