import type { z } from 'zod'
import { settingsOf, type StoredSettings } from '#connections/settings'
import type { OrderPaymentRequest } from '#contract/payment-requests'
import type { PreviewQuery } from '#contract/vocabulary'
import type { Answer } from '#http/answer'
import type { Call } from '#http/caller'
import { invalid, ProblemError } from '#http/problem-error'
import type { PaymentRequestDraft } from '#providers/port/payment-requests'
import { withoutNulls } from '#providers/port/sendable'
import { findOrder } from '#resources/orders/find-order'
import type { OrderRow } from '#resources/orders/store'
import { paymentRequestDeed } from '#resources/payment-requests/create-payment-request'
import { ownMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { OPERATION_ID } from '#resources/provider-objects/journaled'
import { performOnce, previewAt } from '#resources/provider-objects/perform-once'
import type { Services } from '#services'
import { tenantsOfOrders } from '#tenants/store'

type Wanted = z.output<typeof OrderPaymentRequest>

const needed = (pointer: string, message: string) => invalid({ pointer, code: 'required', message })

/** The amount that is asked for, else the order's monthly price. Throws `currency_mismatch` where it is in another one. */
function amountOf(
  { price }: OrderRow,
  wanted: Wanted,
  { currency: settled }: StoredSettings,
): PaymentRequestDraft['amount'] {
  const given = wanted.amount ?? price?.per_month
  if (!given) throw needed('/amount', 'is required, for the order has no price')
  const { amount, currency } = given
  if (currency !== settled) {
    const message = `must be given in ${settled}`
    const detail = `${wanted.amount ? 'The amount' : 'The order'} is in ${currency}, and the connection in ${settled}.`
    const fields = [{ pointer: '/amount', code: 'currency_mismatch', message }]
    throw new ProblemError('currency_mismatch', detail, { fields })
  }
  if (amount > 0) return { amount, currency }
  throw needed('/amount', 'is required, for the order costs nothing')
}

/** The first tenant, in the fields by which MyBeezBox finds customers. */
async function customerOf(services: Services, call: Call, { id }: OrderRow) {
  const [first] = await tenantsOfOrders(services.database.sql, call.caller.accountId, [id])
  if (first) {
    const { first_name, last_name, email } = first.tenant
    const customer = withoutNulls({ first_name, last_name, email })
    if (Object.keys(customer).length > 0) return customer
  }
  throw needed('/customer', 'is required, for the order has no tenant who is known')
}

function partnerOf({ partner_uuid }: StoredSettings): string {
  if (partner_uuid !== null) return partner_uuid
  throw needed('/partner_uuid', 'is required, for the connection has none set')
}

/** What MyBeezBox is told, the reference left out. Throws `not_found`, `validation_failed` and `currency_mismatch`. */
async function draftOf(services: Services, call: Call, orderId: string, wanted: Wanted) {
  const order = await findOrder(services, call, orderId)
  const settings = await settingsOf(services.database.sql, ownMybeezbox(services, call))
  return {
    ...wanted,
    partner_uuid: wanted.partner_uuid ?? partnerOf(settings),
    amount: amountOf(order, wanted, settings),
    customer: wanted.customer ?? (await customerOf(services, call, order)),
  }
}

/** Asks somebody of an order for a payment. At MyBeezBox it goes under the id of the order. */
export async function requestOrderPayment(
  services: Services,
  call: Call,
  { orderId, body, query }: { orderId: string; body: Wanted; query: z.output<typeof PreviewQuery> },
): Promise<Answer> {
  const draft = () => draftOf(services, call, orderId, body)
  if (query.preview === 'true') {
    const input = { ...(await draft()), reference: orderId }
    return previewAt(services, call, { operation: 'paymentRequests.create', input })
  }
  return performOnce(services, call, async () => {
    const naming = { reference: orderId, metadata: { order_id: orderId } }
    // Filled in when it is sent: one that is sent again goes under another name.
    return paymentRequestDeed(call, { ...(await draft()), reference: OPERATION_ID }, naming)
  })
}
