import type { TenantInput } from '#contract/tenants'
import type { Tx } from '#db/tx'
import type { Call } from '#http/caller'
import { ensureProperty } from '#properties/ensure-property'
import { houseOf } from '#resources/addresses/resolve-address'
import type { OrderIds } from '#resources/orders/plan-order'
import type { PreparedOrder } from '#resources/orders/prepare-order'
import { insertOrder, type OrderRow } from '#resources/orders/store'
import { insertTenant, type NewTenant } from '#tenants/store'
import { newUuid, uuidOf } from '#values/ids'

const NOT_TOLD = 'The provider is told about the first tenant only; the others are kept here.'

export function toOrderRow(call: Call, prepared: PreparedOrder, uuid: string, now: Date): OrderRow {
  const { wanted, connection, resolved } = prepared
  const { package_id, add_ons, services, broadband, coupon } = wanted
  return {
    id: uuid,
    account_id: call.caller.accountId,
    mode: call.caller.mode,
    provider: wanted.provider,
    connection_id: connection.id,
    product: wanted.product,
    status: 'submitting',
    provider_status: null,
    reference: wanted.reference,
    property_reference: wanted.property_reference,
    quote_id: wanted.quote_id && uuidOf('quote', wanted.quote_id),
    offer_id: wanted.offer_id && uuidOf('offer', wanted.offer_id),
    property_id: null,
    branch_id: wanted.branch_id && uuidOf('branch', wanted.branch_id),
    address: resolved.address,
    occupants: wanted.occupants,
    bill_payers: wanted.bill_payers,
    household_type: wanted.household_type,
    tenancy_start: wanted.tenancy.start_date,
    tenancy_end: wanted.tenancy.end_date,
    move_in: wanted.tenancy.move_in_date,
    choices: {
      package_id,
      add_ons: [...add_ons],
      bills: wanted.bills.map(({ id }) => ({ id })),
      services: [...services],
      broadband,
      coupon,
    },
    price: wanted.price,
    notes: wanted.product === 'bills_package' && wanted.tenants.length > 1 ? [NOT_TOLD] : [],
    metadata: wanted.metadata,
    created_at: now,
    updated_at: now,
  }
}

export function toNewTenant(
  tenant: TenantInput,
  place: Pick<NewTenant, 'uuid' | 'orderUuid' | 'position' | 'at'>,
): NewTenant {
  return {
    ...place,
    leadUuid: null,
    firstName: tenant.first_name,
    lastName: tenant.last_name,
    email: tenant.email,
    phone: tenant.phone,
    countryCode: null,
    dateOfBirth: tenant.date_of_birth ?? null,
    nationality: tenant.nationality ?? null,
    billingAddress: tenant.billing_address ?? null,
  }
}

/** The order with its house and its people, in the caller's commit. */
export async function writeOrder(
  tx: Tx,
  row: OrderRow,
  prepared: PreparedOrder,
  ids: OrderIds,
): Promise<void> {
  const scope = { accountId: row.account_id, mode: row.mode }
  const at = row.created_at
  const property_id = await ensureProperty(tx, scope, {
    address: houseOf(prepared.resolved),
    propertyReference: row.property_reference,
    at,
  })
  insertOrder(tx, { ...row, property_id })
  for (const [position, tenant] of prepared.wanted.tenants.entries()) {
    const uuid = ids.tenantUuids[position] ?? newUuid()
    insertTenant(tx, scope, toNewTenant(tenant, { uuid, orderUuid: row.id, position, at }))
  }
}
