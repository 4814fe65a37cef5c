import type { FieldError } from '#contract/vocabulary'
import { invalid, ProblemError } from '#http/problem-error'
import { duplicatedTenants, unbornTenants } from '#resources/orders/check-tenants'
import type { WantedOrder } from '#resources/orders/wanted-order'
import type { PlainDate } from '#values/dates'

type Rule = (order: WantedOrder) => FieldError[]

function when(condition: boolean, pointer: string, code: string, message: string): FieldError[] {
  return condition ? [{ pointer, code, message }] : []
}

/** Bank details are refused where no provider is told them, so that they are never held for nothing. */
const noBankDetails: Rule = ({ tenants }) =>
  tenants.flatMap((tenant, index) =>
    when(
      Boolean(tenant.bank_account),
      `/tenants/${index}/bank_account`,
      'not_allowed',
      'is not taken for this product',
    ),
  )

const noPayer: Rule = ({ payer }) =>
  when(payer !== null, '/payer', 'not_allowed', 'goes with partner packages only')

const noCoupon: Rule = ({ coupon }) =>
  when(coupon !== null, '/coupon', 'not_allowed', 'goes with packages that tenants pay for only')

/** These providers are told how many live there, and when the tenancy starts, and no more. */
const whoeverLivesThere: Rule = ({ bill_payers, occupants, tenancy: { start_date, move_in_date } }) => [
  ...when(
    bill_payers !== occupants,
    '/bill_payers',
    'not_allowed',
    'is not taken for this product, other than all occupants',
  ),
  ...when(
    (move_in_date ?? start_date) !== start_date,
    '/tenancy/move_in_date',
    'not_allowed',
    'is not taken for this product, other than start_date',
  ),
]

type Choice = 'add_ons' | 'bills' | 'broadband' | 'package_id' | 'services'

/** A choice that the provider is not told of must not look as if it were ordered. */
function withoutChoices(order: WantedOrder, ...choices: readonly Choice[]): FieldError[] {
  return choices.flatMap(choice =>
    when(Boolean(order[choice]?.length), `/${choice}`, 'not_allowed', 'is not taken for this product'),
  )
}

/** Add-ons are told as bills, and an offer knows its own only. */
const addOnsAmongBills: Rule = ({ add_ons, bills }) =>
  add_ons.flatMap((addOn, index) =>
    when(
      bills.every(({ id }) => id !== addOn),
      `/add_ons/${index}`,
      'not_allowed',
      'is no add-on of the offer, and not among the bills',
    ),
  )

const tenantPackage: Rule = order => [
  ...when(order.package_id === null, '/package_id', 'required', 'is required'),
  ...when(
    order.tenants.length > order.bill_payers,
    '/tenants',
    'too_many',
    'must not be more than bill_payers',
  ),
  ...withoutChoices(order, 'bills', 'services', 'broadband'),
  ...noPayer(order),
]

const RULES: Readonly<Record<WantedOrder['product'], Rule>> = {
  tenant_package: tenantPackage,
  custom_package: order => [
    ...tenantPackage(order),
    ...when(order.add_ons.length === 0, '/add_ons', 'required', 'must name the bills of the package'),
  ],
  partner_package: order => [
    ...when(order.bills.length === 0, '/bills', 'required', 'is required'),
    ...when(order.payer === null, '/payer', 'required', 'is required'),
    ...withoutChoices(order, 'package_id', 'services', 'broadband'),
    ...whoeverLivesThere(order),
    ...addOnsAmongBills(order),
    ...noBankDetails(order),
    ...noCoupon(order),
  ],
  bills_package: order => [
    ...when(order.tenants.length === 0, '/tenants', 'required', 'must name the tenant who holds the account'),
    ...when(order.services.length === 0, '/services', 'required', 'is required'),
    ...withoutChoices(order, 'package_id', 'bills', 'add_ons'),
    ...whoeverLivesThere(order),
    ...noBankDetails(order),
    ...noPayer(order),
    ...noCoupon(order),
  ],
}

/** What only this product needs or forbids. Throws `validation_failed` and `capability_not_supported`. */
export function checkOrder(order: WantedOrder, today: PlainDate): void {
  if (order.product === 'partner_package' && order.branch_id !== null)
    throw new ProblemError('capability_not_supported', 'A partner package cannot be ordered for a branch.')
  const wrong = [
    ...when(order.bill_payers > order.occupants, '/bill_payers', 'too_many', 'must not exceed occupants'),
    ...when(
      order.tenancy.end_date <= order.tenancy.start_date,
      '/tenancy/end_date',
      'end_before_start',
      'must be after start_date',
    ),
    ...duplicatedTenants(order.tenants),
    ...unbornTenants(order.tenants, today),
    ...RULES[order.product](order),
  ]
  if (wrong.length > 0) throw invalid(...wrong)
}
