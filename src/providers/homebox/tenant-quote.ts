import { z } from 'zod'
import type { AddOn, Price } from '#contract/quotes'
import { HouseholdType } from '#contract/quotes'
import { OptionalText, tolerantList } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxId } from '#providers/homebox/dialect'
import { SentPostcode } from '#providers/homebox/outgoing'
import { inHousemates, PriceRows, statedFor, tenantPrice } from '#providers/homebox/prices'
import { missingReasons, serviceTypeOf } from '#providers/homebox/service-types'
import type { Household, ProviderOffer, ProviderQuote } from '#providers/port/quotes'
import { needed, sendable, withoutNulls } from '#providers/port/sendable'
import { addMoney } from '#values/money'

const Bill = z.object({
  id: HomeboxId,
  name: OptionalText,
  title: OptionalText,
  description: OptionalText,
  provider: OptionalText,
  prices: PriceRows,
})
type Bill = z.output<typeof Bill>

const Package = z.object({
  id: HomeboxId,
  name: z.string().trim().min(1),
  description: OptionalText,
  bills: z.array(Bill),
  addons: z
    .array(Bill.nullable().catch(null))
    .nullish()
    .transform(found => found ?? []),
})
type Package = z.output<typeof Package>

const PackagesAnswer = z.object({ packages: tolerantList(Package) })

/** Chapters "Get Tenant Package Quote", "Calculating Prices" and "Custom Package". */
export async function quoteTenantPackages(
  client: HomeboxClient,
  household: Household,
): Promise<ProviderQuote> {
  const query = sendable('homebox', 'quotes.create', PackagesQuery, household)
  const { packages } = await client.get({ path: '/api/partner/packages', query }, PackagesAnswer)
  const read = packages.map(found => (found ? fromHomeboxPackage(found, household) : UNREADABLE_PACKAGE))
  return {
    supported: true,
    offers: read.flatMap(result => result.offer ?? []),
    notes: [...new Set(packages.length === 0 ? [NO_PACKAGE] : read.flatMap(result => result.notes))],
  }
}

const NO_PACKAGE = 'Homebox has no package for this postcode.'
const UNREADABLE_PACKAGE = {
  offer: null,
  notes: ['Homebox sent a package that cannot be read; it is left out.'],
}

// False is the default, and a query cannot say it safely: to some readers the text "false" is true.
const PackagesQuery = z
  .object({
    address: z.object({ postcode: needed(SentPostcode) }),
    household_type: HouseholdType,
    coupon: z.string().nullable(),
  })
  .transform(({ address, household_type, coupon }) =>
    withoutNulls({
      postcode: address.postcode,
      is_student: household_type === 'student' ? 'true' : null,
      coupon,
    }),
  )

interface ReadPackage {
  readonly offer: ProviderOffer | null
  readonly notes: readonly string[]
}

function fromHomeboxPackage(found: Package, household: Household): ReadPackage {
  const size = inHousemates(household)
  const bills = found.bills.map(bill => fromHomeboxBill(bill, household)).filter(bill => bill !== null)
  // A sum without one of the bills would be too low; a package without any bill states no price at all.
  if (bills.length === 0 || bills.length < found.bills.length) {
    return { offer: null, notes: [`Homebox states no price for ${size} for its package ${found.name}.`] }
  }
  const addOns = found.addons.map(addOn => addOn && fromHomeboxBill(addOn, household))
  const note = `Add-ons of ${found.name} without a price for ${size} are left out.`
  return {
    offer: {
      product: isCustom(found, bills) ? 'custom_package' : 'tenant_package',
      package_id: found.id,
      name: found.name,
      description: found.description,
      services: bills.map(bill => ({ ...bill, included: true })),
      add_ons: addOns.filter(addOn => addOn !== null),
      price: packagePrice(bills, household),
      unlimited: null,
      representative: false,
      missing_reasons: missingReasons(household),
      provider_quote_id: null,
    },
    notes: addOns.includes(null) ? [note] : [],
  }
}

function packagePrice(bills: readonly AddOn[], household: Household): Price {
  const perHousemate = bills.map(bill => bill.price.per_person_per_month).reduce(addMoney)
  return tenantPrice(perHousemate, household)
}

/** Chapter "Custom Package": no bills are included but the service charge; all others are add-ons. */
function isCustom(found: Package, bills: readonly AddOn[]): boolean {
  return found.name.toLowerCase() === 'custom' && bills.every(bill => bill.type === 'service_charge')
}

/** Null when there is no price for a household of this size. */
function fromHomeboxBill(bill: Bill, household: Household): AddOn | null {
  const perHousemate = statedFor(bill.prices, household.occupants, 'price_per_housemate')
  if (perHousemate === null) return null
  return {
    id: bill.id,
    type: serviceTypeOf(bill.name, bill.title),
    name: bill.name ?? bill.title ?? `Bill ${bill.id}`,
    description: bill.description,
    supplier: bill.provider,
    price: tenantPrice(perHousemate, household),
  }
}
