import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { dataList, HomeboxId, Pounds, toHomeboxPostcode } from '#providers/homebox/dialect'
import { fromPartnerQuote } from '#providers/homebox/partner-offer'
import { inHousemates, PriceRows } from '#providers/homebox/prices'
import type { Household, ProviderAddress, ProviderOffer, ProviderQuote } from '#providers/port/quotes'
import { unsendable } from '#providers/port/unsendable'

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
  const target = { path: '/api/partner/quote', query: toPartnerQuery(household) }
  const answer = await client.get(target, QuoteAnswer)
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

function toPartnerQuery(household: Household): Record<string, string> {
  return {
    housemates: String(household.occupants),
    ...toAddressQuery(household.address),
    ...(household.household_type === 'student' ? { is_student: 'true' } : {}),
  }
}

function toAddressQuery(address: ProviderAddress): Record<string, string> {
  if (address.address_id !== null) return { address_id: address.address_id }
  const { line_1, line_2, city, county, postcode } = address
  if (line_1 === null || city === null || postcode === null) {
    const missing = Object.entries({ line_1, city, postcode }).filter(([, value]) => value === null)
    throw unsendable(
      'homebox',
      'quotes.create',
      missing.map(([field]) => ({
        pointer: `/address/${field}`,
        code: 'required',
        message: `Homebox needs ${field} or an address_id to quote a partner package.`,
      })),
    )
  }
  return {
    line1: line_1,
    ...(line_2 === null ? {} : { line2: line_2 }),
    city,
    ...(county === null ? {} : { county }),
    postcode: toHomeboxPostcode(postcode),
  }
}
