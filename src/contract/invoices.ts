import { z } from 'zod'
import { providerObject, ProviderPathUuid } from '#contract/provider-objects'
import { ListQuery, Money, PlainDate } from '#contract/vocabulary'

const said = z.string().nullable()
const day = PlainDate.exactOptional()

export const Invoice = providerObject('invoice', {
  partner_id: said,
  partner_uuid: said,
  amount: Money.nullable(),
  invoiced_on: PlainDate.nullable(),
}).meta({
  id: 'Invoice',
  description: 'What a partner was invoiced. The document shows no field of it: see also `details`.',
})

/** The four filters of the document, "Get all invoices". */
export const InvoiceQuery = ListQuery.extend({
  invoiced_from: day.meta({ description: 'Invoiced on this day or later.' }),
  invoiced_to: day.meta({ description: 'Invoiced on this day or before.' }),
  partner_id: z
    .string()
    .regex(/^\d{1,15}$/, { error: "must be the provider's id, a number" })
    .exactOptional(),
  partner_uuid: z.uuid().exactOptional(),
})

export const InvoiceParams = z.strictObject({
  id: ProviderPathUuid.meta({ examples: ['5f7a3c1e-8d2b-4a6f-9c0e-1b2d3f4a5c6d'] }),
})
