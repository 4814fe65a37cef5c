import type { z } from 'zod'
import type { PaymentRequestQuery } from '#contract/payment-requests'
import type { ListQuery, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { listPaymentsOf } from '#resources/payments/read-payments'
import { askAboutOne, askMybeezbox, readOne } from '#resources/provider-objects/at-mybeezbox'
import { listMade, shownOne } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const PAYMENT_REQUEST = 'payment_request'

/** The payment requests that are looked for, in the provider's order. */
export function listPaymentRequests(
  services: Services,
  call: Call,
  query: z.output<typeof PaymentRequestQuery>,
) {
  const { limit: _, cursor: __, ...filters } = query
  const list = `payment-requests?${new URLSearchParams(filters)}`
  return listMade(services, call, { kind: PAYMENT_REQUEST, list, query }, () =>
    askMybeezbox(services, call, 'paymentRequests.list', filters),
  )
}

/** One payment request, as it is at MyBeezBox now. */
export function getPaymentRequest(
  services: Services,
  call: Call,
  id: string,
  query: z.output<typeof SingleQuery>,
) {
  const request = { operation: 'paymentRequests.get', input: { id }, query } as const
  return readOne(services, call, request, value => shownOne(services, call, PAYMENT_REQUEST, value))
}

/** What was paid on a payment request. */
export function listRequestPayments(services: Services, call: Call, id: string, query: ListQuery) {
  return listPaymentsOf(services, call, { list: `payment-requests/${id}/payments`, query }, () =>
    askAboutOne(services, call, 'paymentRequests.payments', { id }),
  )
}
