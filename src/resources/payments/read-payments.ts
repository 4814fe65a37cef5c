import type { z } from 'zod'
import type { PaymentQuery } from '#contract/payments'
import type { Call } from '#http/caller'
import type { ProviderPayment } from '#providers/port/payment-hub'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { listMade, listWhole, shown, shownOne } from '#resources/provider-objects/show'
import type { ListQuery } from '#contract/vocabulary'
import type { Services } from '#services'

export const PAYMENT = 'payment'

/** Payments that are read in one piece, with what their makers said of them. */
export function listPaymentsOf(
  services: Services,
  call: Call,
  request: { readonly list: string; readonly query: Pick<ListQuery, 'limit' | 'cursor'> },
  read: () => Promise<readonly ProviderPayment[]>,
) {
  return listMade(services, call, { ...request, kind: PAYMENT }, read)
}

/** A page of the payments that are looked for, in the provider's order. */
export function listPayments(services: Services, call: Call, query: z.output<typeof PaymentQuery>) {
  const { limit: _, cursor: __, ...filters } = query
  // A cursor goes on with what was looked for, and with nothing else.
  const list = `payments?${new URLSearchParams(filters)}`
  return listPaymentsOf(services, call, { list, query }, () =>
    askMybeezbox(services, call, 'payments.list', filters),
  )
}

/** One payment, as it is at MyBeezBox now. */
export async function getPayment(services: Services, call: Call, id: string) {
  return shownOne(services, call, PAYMENT, await askAboutOne(services, call, 'payments.get', { id }))
}

/** The movements of money of a payment, its refunds among them. */
export function listTransactions(services: Services, call: Call, id: string, query: ListQuery) {
  return listWhole(services, call, { list: `payments/${id}/transactions`, query }, async () => {
    const found = await askAboutOne(services, call, 'payments.transactions', { id })
    return found.map(transaction => shown(call, 'payment_transaction', transaction))
  })
}
