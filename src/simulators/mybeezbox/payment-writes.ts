import { z } from 'zod'
import type { Clock, Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { invalid, read } from '#simulators/mybeezbox/dialect'
import { PARTNER, price, uuid } from '#simulators/mybeezbox/fields'
import { byPath, type Row, rowAt, type Rows } from '#simulators/mybeezbox/records'

export const Customer = z.record(z.string(), z.unknown())
const word = z.string().min(1).optional()
const BOTH = 'Both extra source fields are required, or none.'

/** Section "Create a new payment". */
const PaymentBody = z
  .strictObject({
    customer: Customer,
    partner_uuid: uuid,
    amount: z.number().positive(),
    discount: price,
    product: z.string().min(1),
    type: z.literal('credit_card'),
    origin: word,
    payment_receipt_description: word,
    freeze_payout_date: z.iso.date().optional(),
    extra_source_wallet_uuid: uuid.optional(),
    extra_source_amount: z.number().positive().optional(),
  })
  .refine(
    body => (body.extra_source_wallet_uuid === undefined) === (body.extra_source_amount === undefined),
    {
      path: ['extra_source_amount'],
      error: BOTH,
    },
  )

/** The sample of the creation shows these as well. */
const UNTOLD = { origin: null, payment_receipt_description: null, freeze_payout_date: null }

const ChangeBody = z.strictObject({ freeze_payout_date: z.iso.date() })
const inCents = (amount: number) => Math.round(amount * 100)

/** Section "Refund a payment by its ID": "The sum … should be equal to amount". */
const RefundBody = z
  .strictObject({
    amount: z.number().positive(),
    split: z.strictObject({ extra_source_amount: price, additional_payin_amount: price }).optional(),
  })
  .refine(
    ({ amount, split }) =>
      !split || inCents(split.extra_source_amount + split.additional_payin_amount) === inCents(amount),
    { path: ['split'], error: 'The sum should be equal to amount.' },
  )

/** What names the people of a request, and so may be magic. */
export function byCustomer(customer: Row) {
  const [email, name] = [customer['email'], customer['last_name']]
  return [byEmail(typeof email === 'string' ? email : ''), byName(typeof name === 'string' ? name : '')]
}

const uuidFrom = (id: number) => `00000000-0000-4000-8000-${id.toString(16).padStart(12, '0')}`
const plain = { method: 'POST', effect: 'kept', renamed: ['id', 'uuid'] } as const

function createPayment(store: Store, payments: Rows, now: Clock): Endpoint {
  return {
    ...plain,
    operation: 'payments.create',
    path: '/payments/',
    accept: call => {
      const body = read(PaymentBody, call.body)
      return {
        triggers: byCustomer(body.customer),
        apply: () => {
          const answer = { ...UNTOLD, ...body, id: uuidFrom(store.nextId()), partner: PARTNER.partner }
          const created_on = now().toISOString()
          payments.put(answer.id, {
            ...answer,
            status: 'ok',
            currency: 'EUR',
            refunded_amount: 0,
            created_on,
          })
          return { status: 201, body: answer }
        },
      }
    },
  }
}

function updatePayment(payments: Rows): Endpoint {
  return {
    ...plain,
    operation: 'payments.update',
    method: 'PATCH',
    path: '/payments/:id/',
    accept: call => {
      const payment = rowAt(payments, call)
      const body = read(ChangeBody, call.body)
      return {
        triggers: byPath(call),
        apply: () => {
          payments.put(String(payment['id']), { ...payment, ...body })
          return { status: 200, body: { id: payment['id'], ...body } }
        },
      }
    },
  }
}

interface Money {
  readonly payments: Rows
  readonly transactions: Rows
}

/** A payment that is under way is given back later, which the answer says in another word. */
function refundPayment(store: Store, { payments, transactions }: Money): Endpoint {
  return {
    ...plain,
    operation: 'payments.refund',
    path: '/payments/:id/refund/',
    renamed: ['status', 'state'],
    accept: call => {
      const payment = rowAt(payments, call)
      const { amount } = read(RefundBody, call.body)
      const refunded = inCents(Number(payment['refunded_amount'])) + inCents(amount)
      if (refunded > inCents(Number(payment['amount'])))
        throw invalid({ amount: ['This is more than what is left.'] })
      return {
        triggers: byPath(call),
        apply: () => {
          if (payment['status'] === 'ip')
            return { status: 200, body: { status: 'ip', detail: 'The refund is in progress' } }
          const { id } = payment
          payments.put(String(id), { ...payment, refunded_amount: refunded / 100 })
          const transaction = { id: store.nextId(), type: 'refund', payment: id, amount }
          transactions.put(transaction.id, transaction)
          return { status: 200, body: { status: 'ok', detail: 'The refund was performed successfully' } }
        },
      }
    },
  }
}

export function paymentWriteEndpoints(store: Store, money: Money, now: Clock): Endpoint[] {
  const { payments } = money
  return [createPayment(store, payments, now), updatePayment(payments), refundPayment(store, money)]
}
