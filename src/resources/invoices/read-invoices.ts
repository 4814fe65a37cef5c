import type { z } from 'zod'
import type { InvoiceQuery } from '#contract/invoices'
import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { listPaymentsOf } from '#resources/payments/read-payments'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { listWhole, shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const INVOICE = 'invoice'

export function listInvoices(services: Services, call: Call, query: z.output<typeof InvoiceQuery>) {
  const { limit: _, cursor: __, ...filters } = query
  const list = `invoices?${new URLSearchParams(filters)}`
  return listWhole(services, call, { list, query }, async () => {
    const found = await askMybeezbox(services, call, 'invoices.list', filters)
    return found.map(invoice => shown(call, INVOICE, invoice))
  })
}

/** One invoice, as it is at MyBeezBox now. */
export async function getInvoice(services: Services, call: Call, id: string) {
  return shown(call, INVOICE, await askAboutOne(services, call, 'invoices.get', { id }))
}

export function listInvoicePayments(services: Services, call: Call, id: string, query: ListQuery) {
  return listPaymentsOf(services, call, { list: `invoices/${id}/payments`, query }, () =>
    askAboutOne(services, call, 'invoices.payments', { id }),
  )
}
