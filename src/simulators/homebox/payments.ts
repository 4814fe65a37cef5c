import { z } from 'zod'
import { type Call, type Endpoint, Refusal } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { idIn, notFound, plainTimestamp, read } from '#simulators/homebox/dialect'
import { billsOf } from '#simulators/homebox/order-bills'
import { orderOf } from '#simulators/homebox/orders'
import type { HomeboxContext, Order, Payment, PaymentStatus, Tenant } from '#simulators/homebox/state'
import { decimal } from '#simulators/uk/pence'

/** The samples show 1 and 2. */
const STATUS_IDS = { pending: 1, success: 2, failed: 3, cancelled: 4 } as const

const ReplacementBody = z.strictObject({ payment_method: z.enum(['direct-debit', 'bank-transfer']) })

/** The first payment of whoever becomes a bill payer. */
export function addFirstPayment({ store, clock }: HomeboxContext, order: Order, payer: Tenant): void {
  order.payments.push({
    id: store.nextId(),
    tenant_id: payer.id,
    pence: billsOf(order).perBillPayer,
    method: 'direct-debit',
    status: 'pending',
    attempt: 1,
    previous_attempt_id: null,
    next_attempt_id: null,
    paid_at: null,
    created_at: clock().toISOString(),
  })
}

/** The bank has its say. */
export function settlePayment(payment: Payment, status: PaymentStatus, now: Date): void {
  Object.assign(payment, { status, paid_at: status === 'success' ? now.toISOString() : null })
}

function paymentJson(order: Order, payment: Payment) {
  const payer = order.tenants.find(({ id }) => id === payment.tenant_id)
  return {
    id: payment.id,
    amount: decimal(payment.pence),
    status: payment.status,
    status_id: STATUS_IDS[payment.status],
    payment_method: payment.method,
    attempt: payment.attempt,
    previous_attempt_id: payment.previous_attempt_id,
    next_attempt_id: payment.next_attempt_id,
    user: payer
      ? { email: payer.email, first_name: payer.first_name, last_name: payer.last_name }
      : { email: null, first_name: null, last_name: null },
    paid_at: payment.paid_at && plainTimestamp(new Date(payment.paid_at)),
    created_at: plainTimestamp(new Date(payment.created_at)),
  }
}

function listPayments(context: HomeboxContext): Endpoint {
  return {
    operation: 'payments.list',
    method: 'GET',
    path: '/api/partner/order/:order_id/payments',
    effect: 'none',
    renamed: ['amount', 'sum'],
    accept: call => {
      const order = orderOf(context, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({
          status: 200,
          body: { data: order.payments.map(payment => paymentJson(order, payment)) },
        }),
      }
    },
  }
}

/** The payment that a path names. Throws Refusal, also for one that nothing can be done about any more. */
function openPaymentOf(order: Order, call: Call): Payment {
  const id = Number(idIn(call.params, 'payment_id'))
  const payment = order.payments.find(known => known.id === id)
  if (!payment) throw notFound()
  if (payment.status === 'pending' || payment.status === 'failed') return payment
  const message = `The payment cannot be replaced while it is ${payment.status}.`
  throw new Refusal({ status: 422, body: { message } })
}

/** "This endpoint will cancel the payment and generate a new one with the desired payment method." */
function replacePayment(context: HomeboxContext): Endpoint {
  const { store, clock, orders } = context
  return {
    operation: 'payments.replace',
    method: 'POST',
    path: '/api/partner/order/:order_id/payments/:payment_id/replace',
    effect: 'kept',
    renamed: ['amount', 'sum'],
    accept: call => {
      const order = orderOf(context, call)
      const { payment_method: method } = read(ReplacementBody, call.body)
      const replaced = openPaymentOf(order, call)
      return {
        triggers: [byPostcode('change', order.property.postcode)],
        apply: () => {
          const id = store.nextId()
          const made: Payment = {
            ...replaced,
            id,
            method,
            status: 'pending',
            previous_attempt_id: replaced.id,
            created_at: clock().toISOString(),
          }
          Object.assign(replaced, { status: 'cancelled', next_attempt_id: id })
          order.payments.push(made)
          orders.put(order.id, order)
          return { status: 200, body: { data: paymentJson(order, made) } }
        },
      }
    },
  }
}

export function paymentEndpoints(context: HomeboxContext): Endpoint[] {
  return [listPayments(context), replacePayment(context)]
}
