import { z } from 'zod'
import type { Clock, Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { read } from '#simulators/mybeezbox/dialect'
import { PARTNER, uuid } from '#simulators/mybeezbox/fields'
import { byCustomer, Customer } from '#simulators/mybeezbox/payment-writes'
import { searches } from '#simulators/mybeezbox/payments'
import { openRows, reads, type Row, rowAt, type Rows } from '#simulators/mybeezbox/records'

const word = z.string().min(1).optional()

/** Section "Create a new payment request". */
const PaymentRequestBody = z.strictObject({
  partner_uuid: uuid,
  amount: z.number().positive(),
  customer: Customer,
  language: z.string().regex(/^[a-z]{2}$/),
  reference: word,
  description: word,
  origin: word,
  product: word,
})

/** Section "Get payment request by its ID". */
const PAID = {
  id: 1,
  code: 'PRasdf1234',
  status: 'paid',
  amount: 100,
  created_on: '2022-06-16 12:00:0.000000+00:00',
  modified_on: '2022-06-16 12:00:0.000000+00:00',
  reference: 'Reference #1',
  description: 'Bigger description of this payment request',
  customer: {},
  partner_uuid: PARTNER.partner_uuid,
  origin: 'marketplace1',
  product: 'product_type',
}

/** The sample shows every field: what was not told is there as well. */
const UNTOLD = { reference: null, description: null, origin: null, product: null }

const Search = z.strictObject({ search: z.string().min(1).optional() })

/** "By reference, description, etc." */
function matches(row: Row, search: string | undefined): boolean {
  if (search === undefined) return true
  const texts = [row['reference'], row['description'], row['code']]
  return texts.some(text => typeof text === 'string' && text.toLowerCase().includes(search.toLowerCase()))
}

function createRequest(store: Store, requests: Rows, now: Clock): Endpoint {
  return {
    operation: 'paymentRequests.create',
    method: 'POST',
    path: '/paymentrequests/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const { language: _, ...body } = read(PaymentRequestBody, call.body)
      return {
        triggers: byCustomer(body.customer),
        apply: () => {
          const id = store.nextId()
          const at = now().toISOString()
          const row = {
            id,
            code: `PR${id}`,
            status: 'pending',
            ...UNTOLD,
            ...body,
            created_on: at,
            modified_on: at,
          }
          requests.put(id, row)
          return { status: 201, body: row }
        },
      }
    },
  }
}

export function paymentRequestEndpoints(store: Store, payments: Rows, now: Clock): Endpoint[] {
  const requests = openRows(store, 'payment-requests', [PAID])
  const path = '/paymentrequests/'
  return [
    createRequest(store, requests, now),
    searches({ operation: 'paymentRequests.list', path }, Search, ({ search }) =>
      requests.all().filter(row => matches(row, search)),
    ),
    reads({ operation: 'paymentRequests.get', path: `${path}:id/`, find: call => rowAt(requests, call) }),
    reads({
      operation: 'paymentRequests.payments',
      path: `${path}:id/payments/`,
      find: call => {
        const { id } = rowAt(requests, call)
        return payments.all().filter(payment => payment['payment_request_id'] === id)
      },
    }),
  ]
}

const CartBody = z.strictObject({ partner_uuid: uuid, data: z.record(z.string(), z.unknown()) })

/** Section "Create a new multi-product cart": nothing reads one again. */
export function cartEndpoint(store: Store): Endpoint {
  const carts = openRows(store, 'carts', [])
  return {
    operation: 'carts.create',
    method: 'POST',
    path: '/multiproductcarts/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const body = read(CartBody, call.body)
      return {
        triggers: [],
        apply: () => {
          const row = { id: `cart-${store.nextId()}`, ...body }
          carts.put(row.id, row)
          return { status: 201, body: row }
        },
      }
    },
  }
}
