import type { FieldError, Metadata, ProviderId } from '#contract/vocabulary'
import type { OrderRequest, PayerInput } from '#contract/orders'
import type { HouseholdType, Price, Product, QuotedHousehold, ServiceType } from '#contract/quotes'
import type { TenantInput } from '#contract/tenants'
import { invalid } from '#http/problem-error'
import type { OpenOffer } from '#resources/quotes/find-offer'
import { scaleMoney } from '#values/money'

/** An order as it is understood: what the offer's quote knows is taken over, defaults are filled in. */
export interface WantedOrder {
  readonly provider: ProviderId
  readonly product: Product
  readonly address: NonNullable<OrderRequest['address']>
  readonly occupants: number
  readonly bill_payers: number
  readonly household_type: HouseholdType
  readonly tenancy: {
    readonly start_date: string
    readonly end_date: string
    readonly move_in_date: string | null
  }
  readonly package_id: string | null
  readonly bills: readonly { readonly id: string; readonly account_number: string | null }[]
  readonly services: readonly ServiceType[]
  readonly broadband: string | null
  readonly add_ons: readonly string[]
  readonly coupon: string | null
  readonly reference: string | null
  readonly property_reference: string | null
  readonly branch_id: string | null
  readonly tenants: readonly TenantInput[]
  readonly payer: PayerInput | null
  readonly quote_id: string | null
  readonly offer_id: string | null
  readonly price: Price | null
  readonly metadata: Metadata
}

function required(pointer: string): FieldError {
  return { pointer, code: 'required', message: 'is required' }
}

/** An order must not change the household that was priced. */
function differences(body: OrderRequest, { quote }: OpenOffer): FieldError[] {
  const { occupants, household_type, address } = quote.request
  const message = 'is not what the offer was priced for; ask for a new quote'
  const differing = [
    ...((body.occupants ?? occupants) === occupants ? [] : ['/occupants']),
    ...((body.household_type ?? household_type) === household_type ? [] : ['/household_type']),
    ...(address.postcode && body.address?.postcode && body.address.postcode !== address.postcode
      ? ['/address/postcode']
      : []),
  ]
  return differing.map(pointer => ({ pointer, code: 'differs_from_quote', message }))
}

/** A partner package is ordered bill by bill; an add-on takes the place of the chosen bill of the same utility. */
function billsOf(body: OrderRequest, offer: OpenOffer['offer'] | null): WantedOrder['bills'] {
  if (body.bills)
    return body.bills.map(({ id, account_number }) => ({ id, account_number: account_number ?? null }))
  if (offer?.product !== 'partner_package') return []
  const added = offer.add_ons.filter(addOn => body.add_ons?.includes(addOn.id))
  const replaced = new Set(added.map(addOn => addOn.name))
  const kept = offer.services.filter(service => service.included && !replaced.has(service.name))
  const ids = [...kept, ...added].flatMap(bill => (bill.id === null ? [] : [bill.id]))
  return ids.map(id => ({ id, account_number: null }))
}

/** Their tenants pay: some of the occupants, less a coupon. */
const PAID_BY_TENANTS: readonly Product[] = ['tenant_package', 'custom_package']

interface HouseholdFacts {
  readonly address: WantedOrder['address'] | undefined
  readonly occupants: number | undefined
  readonly start: string | undefined
  readonly end: string | null | undefined
}

function householdOf(body: OrderRequest, quoted: QuotedHousehold | undefined): HouseholdFacts {
  return {
    address: body.address ?? quoted?.address,
    occupants: body.occupants ?? quoted?.occupants,
    start: body.tenancy?.start_date ?? quoted?.tenancy.start_date,
    end: body.tenancy?.end_date ?? quoted?.tenancy.end_date,
  }
}

function missingFrom({ address, occupants, start, end }: HouseholdFacts): FieldError[] {
  return [
    ...(address ? [] : [required('/address')]),
    ...(occupants === undefined ? [required('/occupants')] : []),
    ...(start ? [] : [required('/tenancy/start_date')]),
    ...(end ? [] : [required('/tenancy/end_date')]),
  ]
}

function choicesOf(body: OrderRequest, open: OpenOffer | null, product: Product) {
  const quoted = open?.quote.request
  // Elsewhere the package decides what is in it.
  const wished = product === 'bills_package' ? quoted?.services : undefined
  // The quote of another product may have been asked with one that it does not take.
  const quotedCoupon = PAID_BY_TENANTS.includes(product) ? quoted?.coupon : null
  return {
    household_type: body.household_type ?? quoted?.household_type ?? ('professional' as const),
    package_id: body.package_id ?? open?.offer.package_id ?? null,
    bills: billsOf(body, open?.offer ?? null),
    services: body.services ?? wished ?? [],
    broadband: body.broadband ?? null,
    add_ons: body.add_ons ?? [],
    coupon: body.coupon ?? quotedCoupon ?? null,
  }
}

/** The price of the offer, its share for each payer worked out again when fewer of them pay than were quoted. */
function priceOf(open: OpenOffer | null, billPayers: number): Price | null {
  if (!open || billPayers === open.quote.request.bill_payers) return open?.offer.price ?? null
  const { price } = open.offer
  return {
    ...price,
    per_bill_payer_per_month: scaleMoney(price.per_month, 1, billPayers),
    derived: [...new Set([...price.derived, 'per_bill_payer_per_month' as const])],
  }
}

function lineageOf(body: OrderRequest, open: OpenOffer | null) {
  return {
    reference: body.reference ?? null,
    property_reference: body.property_reference ?? null,
    branch_id: body.branch_id ?? null,
    quote_id: open?.quote.id ?? null,
    offer_id: open?.offer.id ?? null,
    metadata: body.metadata ?? {},
  }
}

/** What every order needs. Throws `validation_failed` for all that is missing at once. */
export function understandOrder(
  body: OrderRequest,
  open: OpenOffer | null,
  target: Pick<WantedOrder, 'provider' | 'product'>,
): WantedOrder {
  const quoted = open?.quote.request
  const household = householdOf(body, quoted)
  const { address, occupants, start, end } = household
  const wrong = [...(open ? differences(body, open) : []), ...missingFrom(household)]
  if (wrong.length > 0 || !address || occupants === undefined || !start || !end) throw invalid(...wrong)
  const quotedPayers = PAID_BY_TENANTS.includes(target.product) ? quoted?.bill_payers : undefined
  const bill_payers = body.bill_payers ?? quotedPayers ?? occupants
  return {
    ...target,
    ...choicesOf(body, open, target.product),
    ...lineageOf(body, open),
    address,
    occupants,
    bill_payers,
    price: priceOf(open, bill_payers),
    tenancy: { start_date: start, end_date: end, move_in_date: body.tenancy?.move_in_date ?? null },
    tenants: body.tenants ?? [],
    payer: body.payer ?? null,
  }
}
