import { z } from 'zod'
import type { OfferService, Price } from '#contract/quotes'
import type { OneUtilityBillClient } from '#providers/one-utility-bill/client'
import { MAX_BED_SIZE, Pounds, serves, serviceTypeOf } from '#providers/one-utility-bill/dialect'
import type { Implements } from '#providers/port/index'
import type { Household, ProviderOffer, ProviderQuote } from '#providers/port/quotes'
import { needed, sendable } from '#providers/port/sendable'
import { addDays, plainDateOf } from '#values/dates'
import { scaleMoney } from '#values/money'

const Costs = z.object({
  per_month: Pounds,
  per_person_per_month: Pounds,
  per_person_per_week: Pounds,
})
const Metadata = z.object({ meta_key: z.string(), meta_value: z.string() })
const Item = z.object({
  id: z.string().min(1),
  type: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  available: z.boolean(),
  cost: Costs.nullish().catch(null),
  metadata: z.array(Metadata.nullable().catch(null)).nullish().catch(null),
})
type Item = z.output<typeof Item>

const QuoteAnswer = z.object({
  data: z.object({ id: z.string().min(1), total_costs: Costs, items: z.array(Item) }),
})

export const oneUtilityBillQuotes = {
  'quotes.create': async (client, household) => {
    const reason = unservedReason(household)
    if (reason !== null) return { supported: false, offers: [], notes: [reason] }
    const body = sendable('one_utility_bill', 'quotes.create', QuoteBody, household)
    const { data } = await client.post('/api/v1/quotes', body, QuoteAnswer)
    return fromQuote(data, household)
  },
} satisfies Implements<OneUtilityBillClient>

function unservedReason({ address, occupants, responsibility }: Household): string | null {
  if (!serves(address.nation)) return 'One Utility Bill serves England, Scotland and Wales only.'
  if (occupants > MAX_BED_SIZE) return `One Utility Bill quotes for at most ${MAX_BED_SIZE} tenants.`
  if (responsibility === 'partner') return 'One Utility Bill quotes only bills that tenants pay.'
  return null
}

const QuoteBody = z
  .object({
    address: z.object({ postcode: needed(z.string()) }),
    occupants: z.int(),
    tenancy: z.object({ start_date: z.string() }),
  })
  .transform(({ address, occupants, tenancy }) => ({
    postcode: address.postcode,
    bed_size: occupants,
    tenancy_start_date: tenancy.start_date,
  }))

function fromQuote(quote: z.output<typeof QuoteAnswer>['data'], household: Household): ProviderQuote {
  const offer: ProviderOffer = {
    product: 'bills_package',
    package_id: null,
    name: 'Fused Bills',
    description: null,
    services: quote.items.map(item => fromItem(item, household)),
    add_ons: [],
    price: fromCosts(quote.total_costs, household),
    unlimited: true,
    representative: true,
    missing_reasons: missingReasons(quote.items, household),
    provider_quote_id: quote.id,
  }
  return { supported: true, offers: [offer], notes: notesOf(household) }
}

/** All their figures are stated and stay as they are, even where they do not add up. */
function fromCosts(costs: z.output<typeof Costs>, { occupants, bill_payers }: Household): Price {
  const everyonePays = bill_payers === occupants
  return {
    ...costs,
    per_bill_payer_per_month: everyonePays
      ? costs.per_person_per_month
      : scaleMoney(costs.per_month, 1, bill_payers),
    derived: everyonePays ? [] : ['per_bill_payer_per_month'],
  }
}

function fromItem(item: Item, household: Household): OfferService {
  return {
    id: item.id,
    type: serviceTypeOf(item.type),
    name: item.name,
    description: item.description ?? null,
    supplier: null,
    included: item.available,
    price: item.available && item.cost ? fromCosts(item.cost, household) : null,
  }
}

/** An item that is not available says why in its metadata; Scotland's water is explained in "What does the quote include?". */
function missingReasons(items: readonly Item[], { address }: Household): ProviderOffer['missing_reasons'] {
  const stated = items
    .filter(item => !item.available)
    .map(item => [serviceTypeOf(item.type), availableDescription(item) ?? 'Not available at this address.'])
  const water = address.nation === 'scotland' ? { water: 'Scotland: water is billed with council tax' } : {}
  return { ...water, ...Object.fromEntries(stated) }
}

function availableDescription({ metadata }: Item): string | undefined {
  return metadata?.find(entry => entry?.meta_key === 'available_description')?.meta_value
}

function notesOf({ tenancy, coupon }: Household): string[] {
  return [
    'One Utility Bill quotes its product for students; services and price become personal after sign-up.',
    ...(lastsTwelveMonths(tenancy) ? [] : ['One Utility Bill quotes a 12-month fixed term.']),
    ...(coupon === null ? [] : ['One Utility Bill takes no coupon.']),
  ]
}

/** Whether the tenancy ends a year after its start, or the day before. */
function lastsTwelveMonths({ start_date, end_date }: Household['tenancy']): boolean {
  const anniversary = new Date(`${start_date}T00:00:00Z`)
  anniversary.setUTCFullYear(anniversary.getUTCFullYear() + 1)
  return [0, -1].some(days => plainDateOf(addDays(anniversary, days)) === end_date)
}
