import type { Connection } from '#providers/call-context'
import type { NewStep } from '#journal/journal'
import type { OrderDraft } from '#providers/port/orders'
import type { BankAccount, Person, PostalAddress } from '#providers/port/people'
import type { TenantDraft } from '#providers/port/tenants'
import type { BillingAddressInput, TenantInput } from '#contract/tenants'
import { addressFor, type ResolvedAddress } from '#resources/addresses/resolve-address'
import type { WantedOrder } from '#resources/orders/wanted-order'

/** Stands for the provider's id of an order that does not exist yet. */
export const ORDER_ID = '{order_id}'

/** Ours, as the providers are told them. */
export interface OrderIds {
  /** Our order id: the provider's reference of it. */
  readonly orderId: string
  /** UUIDs, in the order of the tenants. */
  readonly tenantUuids: readonly string[]
  /** The provider's own id of the branch. */
  readonly providerBranchId: string | null
}

export function toPerson({ first_name, last_name, email, phone }: TenantInput): Person {
  return { first_name, last_name, email, phone }
}

export function toPostalAddress(address: BillingAddressInput): PostalAddress {
  const { line_1, city, postcode } = address
  return { line_1, line_2: address.line_2 ?? null, city, county: address.county ?? null, postcode }
}

export function toTenantDraft(tenant: TenantInput, bankAccount: BankAccount): TenantDraft {
  return {
    ...toPerson(tenant),
    date_of_birth: tenant.date_of_birth ?? null,
    nationality: tenant.nationality ?? null,
    bank_account: bankAccount,
    billing_address: tenant.billing_address ? toPostalAddress(tenant.billing_address) : null,
  }
}

/** What the provider is told of the order itself. */
export function toOrderDraft(wanted: WantedOrder, resolved: ResolvedAddress, ids: OrderIds): OrderDraft {
  const { occupants, household_type, tenancy, property_reference } = wanted
  const address = { ...addressFor(wanted.provider, resolved), label: resolved.known?.label ?? null }
  const shared = { address, occupants, household_type, tenancy }
  const { product } = wanted
  if (product === 'bills_package') {
    const [holder] = wanted.tenants
    if (!holder) throw new TypeError('a bills package needs a tenant')
    const signer = { ...toPerson(holder), date_of_birth: holder.date_of_birth ?? null }
    return { ...shared, product, services: wanted.services, broadband: wanted.broadband, tenants: [signer] }
  }
  const branch = { property_reference, branch_id: ids.providerBranchId }
  if (product === 'partner_package') {
    if (!wanted.payer) throw new TypeError('a partner package needs a payer')
    const { bank_account, billing_address, payment_method } = wanted.payer
    const payer = {
      bank_account,
      billing_address: toPostalAddress(billing_address),
      payment_method: payment_method ?? null,
    }
    return {
      ...shared,
      ...branch,
      product,
      bills: wanted.bills,
      payer,
      tenants: wanted.tenants.map(toPerson),
    }
  }
  const { package_id, add_ons, bill_payers, coupon } = wanted
  if (package_id === null) throw new TypeError('a tenant package needs a package_id')
  return { ...shared, ...branch, product, reference: ids.orderId, package_id, add_ons, bill_payers, coupon }
}

function toTenantStep(
  tenant: TenantInput,
  tenantUuid: string,
  connection: Connection,
  ids: OrderIds,
): NewStep {
  const subject = { prefix: 'tenant' as const, uuid: tenantUuid }
  if (tenant.bank_account) {
    const input = { order_id: ORDER_ID, tenant: toTenantDraft(tenant, tenant.bank_account) }
    return { operation: 'tenants.create', connection, input, subject }
  }
  const { first_name, last_name, phone } = tenant
  const input = {
    order_id: ORDER_ID,
    branch_id: ids.providerBranchId,
    invite: { first_name, last_name, phone },
  }
  return { operation: 'invites.create', connection, input, subject }
}

/**
 * Everything that is to be done for an order, in turn: the order itself, then for tenant packages each tenant, added
 * as bill payer when they gave a bank account and invited otherwise.
 */
export function planOrder(
  wanted: WantedOrder,
  resolved: ResolvedAddress,
  connection: Connection,
  ids: OrderIds,
): NewStep[] {
  const draft = toOrderDraft(wanted, resolved, ids)
  const reference = 'reference' in draft ? draft.reference : null
  const create: NewStep = { operation: 'orders.create', connection, input: draft, reference }
  if (wanted.product !== 'tenant_package' && wanted.product !== 'custom_package') return [create]
  const steps = wanted.tenants.map((tenant, index) =>
    toTenantStep(tenant, ids.tenantUuids[index] ?? '', connection, ids),
  )
  return [create, ...steps]
}
