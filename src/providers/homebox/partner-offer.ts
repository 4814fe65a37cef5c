import type { AddOn, OfferService } from '#contract/quotes'
import type { PartnerBill, PartnerQuoteAnswer, PartnerUtility } from '#providers/homebox/partner-quote'
import { inHousemates, partnerPrice, statedFor } from '#providers/homebox/prices'
import { isWanted, missingReasons, serviceTypeOf } from '#providers/homebox/service-types'
import type { Household, ProviderOffer } from '#providers/port/quotes'
import { addMoney } from '#values/money'

interface PricedBill {
  readonly bill: AddOn
  readonly required: boolean
}

interface PricedUtility {
  readonly name: string
  readonly essential: boolean
  readonly bills: readonly PricedBill[]
  readonly unpriced: readonly PartnerBill[]
}

/** One offer of the cheapest choice, or the names of the utilities without which there is none. */
export function fromPartnerQuote(
  answer: PartnerQuoteAnswer,
  household: Household,
): { offer: ProviderOffer | null; lacking: readonly string[] } {
  const utilities = answer.data
    .filter(utility => !utility.is_hidden)
    .map(utility => pricedUtility(utility, household))
  const lacking = utilities.filter(isIncomplete).map(utility => utility.name)
  const taken = utilities.flatMap(utility => takenBills(utility, household))
  if (lacking.length > 0 || taken.length === 0) return { offer: null, lacking }
  const all = utilities.flatMap(utility => utility.bills.map(({ bill }) => bill))
  return {
    lacking,
    offer: {
      product: 'partner_package',
      package_id: null,
      name: 'Partner package',
      description: null,
      services: [...taken.map(bill => ({ ...bill, included: true })), serviceCharge(answer, household)],
      add_ons: all.filter(bill => !taken.includes(bill)),
      price: totalPrice(answer, taken, household),
      unlimited: null,
      representative: false,
      missing_reasons: { ...missingReasons(household), ...unpricedReasons(utilities, household) },
      provider_quote_id: null,
    },
  }
}

function pricedUtility(utility: PartnerUtility, household: Household): PricedUtility {
  const bills = utility.bills.map(bill => ({ bill, priced: pricedBill(utility, bill, household) }))
  return {
    name: utility.name,
    essential: utility.is_essential,
    bills: bills.flatMap(({ bill, priced }) =>
      priced ? [{ bill: priced, required: bill.is_required }] : [],
    ),
    unpriced: bills.filter(({ priced }) => priced === null).map(({ bill }) => bill),
  }
}

function pricedBill(utility: PartnerUtility, bill: PartnerBill, household: Household): AddOn | null {
  const perMonth = statedFor(bill.prices, household.occupants, 'price_total')
  if (perMonth === null) return null
  const perPerson = statedFor(bill.prices, household.occupants, 'price_per_housemate')
  return {
    id: bill.id,
    type: serviceTypeOf(bill.name, utility.name),
    name: utility.name,
    description: [bill.name, bill.description].filter(Boolean).join(': ') || null,
    supplier: bill.provider?.name ?? null,
    price: partnerPrice(perMonth, perPerson, household),
  }
}

/** Without a price for what must be in the package there is no honest total. */
function isIncomplete(utility: PricedUtility): boolean {
  return utility.unpriced.some(bill => bill.is_required) || (utility.essential && utility.bills.length === 0)
}

function takenBills({ bills, essential }: PricedUtility, household: Household): readonly AddOn[] {
  const required = bills.filter(bill => bill.required)
  if (required.length > 0) return required.map(({ bill }) => bill)
  const wanted = bills.filter(({ bill }) => isWanted(bill.type, household.services))
  const candidates = wanted.length > 0 || !essential ? wanted : bills
  return candidates
    .map(({ bill }) => bill)
    .toSorted((one, other) => one.price.per_month.amount - other.price.per_month.amount)
    .slice(0, 1)
}

/** Stated for the household; the share per housemate is stated too, rounded, so it is never multiplied. */
function serviceCharge(answer: PartnerQuoteAnswer, household: Household): OfferService {
  return {
    id: null,
    type: 'service_charge',
    name: 'Service charge',
    description: null,
    supplier: null,
    included: true,
    price: partnerPrice(answer.service_charge, answer.service_charge_per_housemate ?? null, household),
  }
}

function totalPrice(answer: PartnerQuoteAnswer, taken: readonly AddOn[], household: Household) {
  const perMonth = taken.map(bill => bill.price.per_month).reduce(addMoney, answer.service_charge)
  return partnerPrice(perMonth, null, household)
}

function unpricedReasons(utilities: readonly PricedUtility[], household: Household) {
  const reason = `Homebox states no price for ${inHousemates(household)}.`
  return Object.fromEntries(
    utilities.flatMap(({ name, unpriced }) => unpriced.map(bill => [serviceTypeOf(bill.name, name), reason])),
  )
}
