import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { invalid, read } from '#simulators/mybeezbox/dialect'
import { PARTNER } from '#simulators/mybeezbox/fields'
import { byPath, openRows, type Row, reads, rowAt, type Rows, shown } from '#simulators/mybeezbox/records'

const CUSTOMER = { first_name: 'John', last_name: 'Doe', email: 'JohnDoe@mybeezbox.com' }

/** Section "Find payment by its ID". */
const PAYMENT = {
  id: '7a82448d-e8a3-4049-8e88-2c8186c3076f',
  status: 'ok',
  currency: 'EUR',
  customer: CUSTOMER,
  payout_request_id: 1,
  payout_request_status: 'validated',
  payout_request_creation_date: '2022-06-16 12:00:0.000000+00:00',
  payout_request_validation_date: '2022-06-16 12:00:0.000000+00:00',
  ...PARTNER,
  amount: 100,
  commission: 5,
  net_amount: 95,
  refunded_amount: 10,
  type: 'credit_card',
  extra_source_amount: 100,
  extra_source_wallet: 1,
  extra_source_wallet_uuid: 'a1b2c3d4-e5f6-4789-9012-34567890abcd',
  payin_result_code: '12345',
  payin_result_message: 'The transaction was successful',
  payment_request_id: 1,
  created_on: '2022-06-16 12:00:0.000000+00:00',
}
const FIELDS = Object.keys(PAYMENT)
const OTHER = {
  ...PAYMENT,
  id: '0b1d1f1c-5f0a-4c6e-9a34-0a54f6b6a0d2',
  status: 'ip',
  amount: 40,
  refunded_amount: 0,
  payout_request_id: 2,
  payout_request_status: 'to be validated',
  created_on: '2023-03-01 12:00:0.000000+00:00',
}

const day = z.iso.date().optional()
const word = z.string().min(1).optional()
const flag = z.enum(['true', 'false']).optional()

/** The twelve filters of "Get all payments". */
const Query = z.strictObject({
  created_on__gte: day,
  created_on__lte: day,
  partner_uuid: z.uuid().optional(),
  status: word,
  payout_request_status: word,
  status__in: word,
  payout_request_status__in: word,
  customer_first_name: word,
  customer_last_name: word,
  customer_email: word,
  partially_refunded: flag,
  fully_refunded: flag,
})

const Customer = z.looseObject({ first_name: word, last_name: word, email: word })
const sameWord = (wanted: string | undefined, found: unknown) =>
  wanted === undefined || String(found ?? '').toLowerCase() === wanted.toLowerCase()
const oneOf = (wanted: string | undefined, found: unknown) =>
  wanted === undefined || wanted.split(',').includes(String(found))

/** Whether a day written first in `found` lies between two others. */
export function isBetween(found: unknown, from: string | undefined, to: string | undefined): boolean {
  const day = String(found).slice(0, 10)
  return (from === undefined || day >= from) && (to === undefined || day <= to)
}

function isRefundedAs(row: Row, { partially_refunded, fully_refunded }: z.output<typeof Query>): boolean {
  const [amount, refunded] = [Number(row['amount']), Number(row['refunded_amount'])]
  return (
    (partially_refunded !== 'true' || (refunded > 0 && refunded < amount)) &&
    (fully_refunded !== 'true' || refunded >= amount)
  )
}

function isWanted(row: Row, query: z.output<typeof Query>): boolean {
  const customer = Customer.parse(row['customer'])
  return (
    isBetween(row['created_on'], query.created_on__gte, query.created_on__lte) &&
    sameWord(query.partner_uuid, row['partner_uuid']) &&
    sameWord(query.status, row['status']) &&
    sameWord(query.payout_request_status, row['payout_request_status']) &&
    oneOf(query.status__in, row['status']) &&
    oneOf(query.payout_request_status__in, row['payout_request_status']) &&
    sameWord(query.customer_first_name, customer.first_name) &&
    sameWord(query.customer_last_name, customer.last_name) &&
    sameWord(query.customer_email, customer.email) &&
    isRefundedAs(row, query)
  )
}

export function openPayments(store: Store): Rows {
  return openRows(store, 'payments', [PAYMENT, OTHER])
}

/** A list that is looked through by a query, refused where the query is not in order. */
export function searches<S extends z.ZodType>(
  endpoint: { readonly operation: string; readonly path: string },
  schema: S,
  find: (query: z.output<S>) => unknown,
): Endpoint {
  const plain = reads({ ...endpoint, find: (call: Call) => find(read(schema, call.query)) })
  return { ...plain, takesQuery: true }
}

/** Movements of money beside the first one of each payment. */
export function openTransactions(store: Store): Rows {
  return openRows(store, 'transactions', [])
}

export function paymentEndpoints(payments: Rows, transactions: Rows): Endpoint[] {
  return [
    searches({ operation: 'payments.list', path: '/payments/' }, Query, query =>
      payments
        .all()
        .filter(row => isWanted(row, query))
        .map(row => shown(row, FIELDS)),
    ),
    reads({
      operation: 'payments.get',
      path: '/payments/:id/',
      find: call => shown(rowAt(payments, call), FIELDS),
    }),
    reads({
      operation: 'payments.transactions',
      path: '/payments/:id/transactions/',
      find: call => {
        const { id, amount } = rowAt(payments, call)
        const first = { id: 1, type: 'payin', payment: id, amount }
        return [first, ...transactions.all().filter(({ payment }) => payment === id)]
      },
    }),
  ]
}

/** Moves what is at a path from one status to another, once. */
export function transition(
  rows: Rows,
  {
    operation,
    path,
    from,
    to,
    further = () => ({}),
  }: { operation: string; path: string; from: string; to: string; further?: () => Row },
): Endpoint {
  return {
    operation,
    method: 'POST',
    path,
    effect: 'kept',
    bodyless: true,
    renamed: ['id', 'uuid'],
    accept: call => {
      const row = rowAt(rows, call)
      if (row['status'] !== from) throw invalid({ status: [`This is ${row['status']} already.`] })
      return {
        triggers: byPath(call),
        apply: () => {
          rows.put(String(row['id']), { ...row, ...further(), status: to })
          return { status: 200, body: [] }
        },
      }
    },
  }
}
