import { z } from 'zod'
import { HouseholdType } from '#contract/quotes'
import { OptionalText } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataList, HomeboxId, Pounds } from '#providers/homebox/dialect'
import { House } from '#providers/homebox/outgoing'
import { fromPartnerQuote } from '#providers/homebox/partner-offer'
import { inHousemates, PriceRows } from '#providers/homebox/prices'
import type { Household, ProviderOffer, ProviderQuote } from '#providers/port/quotes'
import { sendable, withoutNulls } from '#providers/port/sendable'

const flag = z
  .boolean()
  .nullish()
  .transform(value => value ?? false)

const Bill = z.object({
  id: HomeboxId,
  name: OptionalText,
  description: OptionalText,
  is_required: flag,
  provider: z.object({ name: OptionalText }).nullish().catch(null),
  prices: PriceRows,
})

// Strict, unlike packages: a utility that is dropped unread may be an essential one, and the total would be too low.
const Utility = z.object({
  name: z.string().trim().min(1),
  is_hidden: flag,
  is_essential: flag,
  bills: z.array(Bill),
})
export type PartnerBill = z.output<typeof Bill>
export type PartnerUtility = z.output<typeof Utility>

const QuoteAnswer = z.object({
  data: dataList(z.array(Utility)),
  service_charge: Pounds,
  service_charge_per_housemate: Pounds.nullish(),
})
export type PartnerQuoteAnswer = z.output<typeof QuoteAnswer>

/** Chapter "Get Partner Package Quote": utilities to choose from; we make one offer of the cheapest choice. */
export async function quotePartnerPackage(
  client: HomeboxClient,
  household: Household,
): Promise<ProviderQuote> {
  const query = sendable('homebox', 'quotes.create', PartnerQuery, household)
  const answer = await client.get({ path: '/api/partner/quote', query }, QuoteAnswer)
  const { offer, lacking } = fromPartnerQuote(answer, household)
  return { supported: true, offers: offer ? [offer] : [], notes: notesOf(offer, lacking, household) }
}

function notesOf(offer: ProviderOffer | null, lacking: readonly string[], household: Household): string[] {
  const size = inHousemates(household)
  return [
    ...(lacking.length > 0 ? [`Homebox states no price for ${size} for ${lacking.join(', ')}.`] : []),
    ...(offer === null && lacking.length === 0 ? ['Homebox offers none of these services here.'] : []),
    ...(household.coupon === null ? [] : ['Homebox takes no coupon for partner packages.']),
  ]
}

// Lines that are empty are left out of a query; only those of a body are sent empty.
const PartnerQuery = z
  .object({ occupants: z.int(), address: House, household_type: HouseholdType })
  .transform(({ occupants, address, household_type }) =>
    withoutNulls({
      housemates: String(occupants),
      ...Object.fromEntries(Object.entries(address).filter(([, value]) => value !== '')),
      is_student: household_type === 'student' ? 'true' : null,
    }),
  )
