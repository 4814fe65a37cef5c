import { z } from 'zod'
import { ServiceType } from '#contract/quotes'
import { listOf, Mode, Money, ProviderId } from '#contract/vocabulary'

export const billStates = ['no_status', 'install_date_booked', 'other'] as const

/** A chosen bill of an order. */
export const Bill = z
  .object({
    id: z.string().meta({ description: "The provider's own id.", examples: ['2'] }),
    object: z.literal('bill'),
    mode: Mode,
    provider: ProviderId,
    type: ServiceType,
    name: z.string().nullable(),
    supplier: z.string().nullable(),
    state: z
      .enum(billStates)
      .meta({ description: '`other`: a state that is not documented; see `provider_state`.' }),
    provider_state: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    set_up_on: z.string().nullable(),
    installation_on: z.string().nullable(),
    price_per_person_per_month: Money,
    logo_url: z.string().nullable(),
  })
  .meta({ id: 'Bill', description: 'A chosen bill of an order.' })
export type Bill = z.infer<typeof Bill>

/** What all bills of an order come to per month, as the provider states it. */
const totals = {
  service_charge: Money.nullable(),
  service_charge_per_person: Money.nullable(),
  total: Money.meta({ description: 'Per month, for the whole house, as the provider states it.' }),
  total_per_bill_payer: Money.nullable(),
  next_payment_on: z.string().nullable(),
  adds_up: z.boolean().nullable().meta({
    description:
      'Whether the totals are what bills and service charge come to for this household, but for rounding; null where the provider does not state enough to tell. They are shown as stated in any case.',
  }),
}

export const BillTotals = z.object(totals)
export type BillTotals = z.infer<typeof BillTotals>

export const Bills = listOf(Bill, '').extend(totals).meta({
  description: 'A page of the bills of an order, with what all of them come to.',
})
export type Bills = z.infer<typeof Bills>
