import type { TestGateway } from '#test/gateway'
import { homeboxOffer } from '#test/orders'

export interface PlacedOrder {
  readonly id: string
  /** Its path below `/v1`, for what lies below it. */
  readonly path: `/v1/orders/${string}`
  /** Homebox's own id of it. */
  readonly homeboxId: string
  /** As the API answered it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any answer
  readonly body: any
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
  return { id: body.id, path: `/v1/orders/${body.id}`, homeboxId: body.steps[0].provider_ids[0], body }
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
