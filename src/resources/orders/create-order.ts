import { Order, type OrderRequest } from '#contract/orders'
import type { TenantInput } from '#contract/tenants'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim } from '#http/idempotency/idempotency'
import { concludeFailure } from '#journal/conclude'
import { LeaseLost, type Settled } from '#journal/journal'
import { isUnderWay } from '#journal/store'
import { ensureProperty } from '#properties/ensure-property'
import { houseOf } from '#resources/addresses/resolve-address'
import { reachOrder } from '#resources/orders/find-order'
import { type OrderIds, planOrder } from '#resources/orders/plan-order'
import { type PreparedOrder, prepareOrder } from '#resources/orders/prepare-order'
import { demandSendable } from '#resources/orders/preview-order'
import { showOrder } from '#resources/orders/show-orders'
import { findOrderRow, insertOrder, type OrderRow } from '#resources/orders/store'
import { matchPeople } from '#resources/orders/tenants/match-people'
import type { Services } from '#services'
import { insertTenant, type NewTenant } from '#tenants/store'
import { idFromUuid, newId, newUuid, uuidOf } from '#values/ids'

const NOT_TOLD = 'The provider is told about the first tenant only; the others are kept here.'

function toRow(call: Call, prepared: PreparedOrder, uuid: string, now: Date): OrderRow {
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
async function writeDown(tx: Tx, row: OrderRow, prepared: PreparedOrder, ids: OrderIds): Promise<void> {
  const scope = { accountId: row.account_id, mode: row.mode }
  const at = row.created_at
  const property_id = await ensureProperty(tx, scope, {
    address: houseOf(prepared.resolved),
    propertyReference: row.property_reference,
    at,
  })
  await insertOrder(tx, { ...row, property_id })
  for (const [position, tenant] of prepared.wanted.tenants.entries()) {
    const uuid = ids.tenantUuids[position] ?? newUuid()
    await insertTenant(tx, scope, toNewTenant(tenant, { uuid, orderUuid: row.id, position, at }))
  }
}

/** The answer as the order stands: 202 while nobody knows whether the provider has it, `created` (201) otherwise. */
export async function answerFromOrder(
  services: Services,
  call: Call,
  uuid: string,
  { tx, created = 201 }: { tx?: Tx; created?: 200 | 201 } = {},
): Promise<Answer> {
  const sql = tx ?? services.database.sql
  const row = await findOrderRow(sql, call.caller, uuid)
  if (!row) throw new TypeError('an order that was written down is gone')
  const order = await showOrder(sql, call.caller.accountId, row, services.now())
  const open = order.status === 'unknown' || order.status === 'submitting'
  return respond(Order, order, {
    status: open ? 202 : created,
    headers: { location: `/v1/orders/${order.id}` },
  })
}

/** What the caller is told once nothing is left to send. */
async function finish(
  tx: Tx,
  services: Services,
  call: Call,
  { last, claim, uuid }: { last: Settled; claim: Claim; uuid: string },
): Promise<Answer> {
  const { entry, sent } = last
  if (!sent.ok && entry.seq === 1 && sent.error.facts.outcome !== 'unknown')
    return concludeFailure(tx, services, call, {
      claim,
      error: sent.error,
      resource: idFromUuid('order', uuid),
    })
  const answer = await answerFromOrder(services, call, uuid, { tx })
  await claim.settle(tx, answer)
  return answer
}

async function submit(
  services: Services,
  call: Call,
  prepared: PreparedOrder,
  take: (tx: Tx, uuid: string) => Promise<Claim>,
) {
  const orderId = newId('order')
  const uuid = uuidOf('order', orderId)
  const { wanted, connection, resolved, providerBranchId } = prepared
  const ids = { orderId, tenantUuids: wanted.tenants.map(newUuid), providerBranchId }
  const steps = planOrder(wanted, resolved, connection, ids)
  await demandSendable(services, call, steps)
  const row = toRow(call, prepared, uuid, services.now())
  const { first, claim } = await services.database.transaction(async tx => {
    const taken = await take(tx, uuid)
    await writeDown(tx, row, prepared, ids)
    const [entry] = await services.journal.plan(tx, call.caller, { prefix: 'order', uuid }, steps, 'first')
    if (!entry) throw new TypeError('an order has at least one step')
    return { first: entry, claim: taken }
  })
  // Who was added or invited is found out by reading, and reading is no part of a commit.
  const people = steps.length > 1
  try {
    const answer = await services.journal.advance(first, call, (tx, last) =>
      people && last.entry.seq > 1
        ? Promise.resolve(null)
        : finish(tx, services, call, { last, claim, uuid }),
    )
    if (answer) return answer
    await matchPeople(services, call, await reachOrder(services, call, orderId, 'tenants.list'))
    return await services.database.transaction(async tx => {
      const shown = await answerFromOrder(services, call, uuid, { tx })
      await claim.settle(tx, shown)
      return shown
    })
  } catch (err) {
    if (err instanceof LeaseLost) return answerFromOrder(services, call, uuid)
    throw err
  }
}

/**
 * Orders a bills package: written down first, then sent step by step, each of which is settled before the next is sent.
 * Throws problems for what is wrong with the request itself, before anything is stored.
 */
export function createOrder(services: Services, call: Call, body: OrderRequest): Promise<Answer> {
  return services.idempotency.neverTwice(call, {
    prepare: async () => {
      const prepared = await prepareOrder(services, call, body)
      return key => submit(services, call, prepared, (tx, uuid) => key.take(tx, { prefix: 'order', uuid }))
    },
    isUnderWay: ({ uuid }) => isUnderWay(services.database.sql, call.caller.accountId, uuid, services.now()),
    fromResource: ({ uuid }) => answerFromOrder(services, call, uuid),
  })
}
