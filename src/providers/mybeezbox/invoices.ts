import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  detailed,
  given,
  Id,
  OptionalDay,
  OptionalEuros,
  OptionalId,
  WHOLE_ARRAY_BYTES,
} from '#providers/mybeezbox/dialect'
import { fromPayment, PaymentAnswers } from '#providers/mybeezbox/payment-answers'
import type { Implements, Input } from '#providers/port/index'
import type { ProviderInvoice } from '#providers/port/payment-hub'

/** Section "Find invoice by its ID" shows no field; these are what the filters of the list speak of. */
const Invoice = detailed(
  {
    id: Id,
    partner_customer: OptionalId,
    partner_uuid: OptionalText,
    amount: OptionalEuros,
    invoicing_date: OptionalDay,
  },
  () => ({}),
)

export const mybeezboxInvoices = {
  'invoices.list': async (client, filters) => {
    const request = { query: toInvoiceQuery(filters), maxBytes: WHOLE_ARRAY_BYTES }
    return (await client.call('invoices.list', request, z.array(Invoice))).map(fromInvoice)
  },
  'invoices.get': async (client, { id }) =>
    fromInvoice(await client.call('invoices.get', { params: { id } }, Invoice)),
  'invoices.payments': async (client, { id }) =>
    (await client.call('invoices.payments', { params: { id } }, PaymentAnswers)).map(fromPayment),
} satisfies Implements<MybeezboxClient>

/** Section "Get all invoices". */
function toInvoiceQuery({
  invoiced_from,
  invoiced_to,
  partner_id,
  ...same
}: Input<'invoices.list'>): Record<string, string> {
  return given({
    ...same,
    invoicing_date__gte: invoiced_from,
    invoicing_date__lte: invoiced_to,
    partner_customer: partner_id,
  })
}

function fromInvoice({
  partner_customer,
  invoicing_date,
  ...same
}: z.output<typeof Invoice>): ProviderInvoice {
  return { ...same, partner_id: partner_customer, invoiced_on: invoicing_date }
}
