import type { FaultName } from '#simulators/core/faults'
import type { TestGateway } from '#test/gateway'
import { homeboxOffer, payer } from '#test/orders'
import { at, homeboxClient } from '#test/simulator-client'

/** What a test reads of an order whose outcome is unknown. */
export interface UnknownOrder {
  readonly id: string
  /** The operation that nobody knows the outcome of. */
  readonly operation: string
}

/** Two people with a bank account each: with the order itself three steps. */
export const twoPayers = [payer(), payer({ email: 'b.smith@example.com', phone: '07700 900789' })]

/** Orders a Homebox package whose given step goes wrong so that nobody knows whether it was carried out. */
export async function unknownOrder(
  gateway: TestGateway,
  {
    step = 'orders.create',
    fault = 'answer-lost',
    tenants = twoPayers,
  }: { step?: string; fault?: FaultName; tenants?: readonly object[] } = {},
): Promise<UnknownOrder> {
  const offer_id = await homeboxOffer(gateway.api)
  gateway.simulators.homebox.arm({ fault, operation: step })
  const { body } = await gateway.api('POST /v1/orders', { body: { offer_id, bill_payers: 2, tenants } })
  const unknown = body.steps.find((candidate: { state: string }) => candidate.state === 'unknown')
  return { id: body.id, operation: unknown.operation_id }
}

/** The provider's own id of the order that it made last. */
export async function newestOrderId({ simulators }: TestGateway): Promise<string> {
  const { body } = await homeboxClient(simulators.homebox).get('/api/partner/order')
  return String(at(body, 'data', 0, 'id'))
}

/** The states of an order's steps, in turn. */
export async function stepsOf(gateway: TestGateway, orderId: string): Promise<string[]> {
  const { body } = await gateway.api(`GET /v1/orders/${orderId}`)
  return body.steps.map((step: { state: string }) => step.state)
}
