import type { Order, OrderStep } from '#contract/orders'
import type { Sql } from '#db/tx'
import { type Entry, stateAt } from '#journal/entry'
import { lostToCrash } from '#journal/settlement'
import { entriesOfAll } from '#journal/store'
import type { OrderRow } from '#resources/orders/store'
import { tenanciesOfOrders } from '#resources/orders/tenancy'
import { type StoredTenant, tenantsOfOrders } from '#tenants/store'
import { type IdPrefix, idFromUuid } from '#values/ids'

function idOrNull(prefix: IdPrefix, uuid: string | null | undefined): string | null {
  return uuid ? idFromUuid(prefix, uuid) : null
}

/** The adapter names fields of one tenant; the order's caller knows them below `/tenants`. */
function inOurRequest(error: Entry['error'], position: number | undefined): Entry['error'] {
  if (error === null || position === undefined) return error
  const errors = error.errors.map(field => ({ ...field, pointer: `/tenants/${position}${field.pointer}` }))
  return { ...error, errors }
}

function toStep(entry: Entry, index: number, tenants: readonly StoredTenant[], now: Date): OrderStep {
  const state = stateAt(entry, now)
  const error = state === entry.state ? entry.error : lostToCrash
  return {
    step: index + 1,
    operation: entry.operation,
    operation_id: idFromUuid('operation', entry.id),
    tenant_id: entry.subject?.prefix === 'tenant' ? idFromUuid('tenant', entry.subject.uuid) : null,
    state,
    error: inOurRequest(error, tenants.find(({ uuid }) => uuid === entry.subject?.uuid)?.position),
    provider_ids: [...entry.providerIds],
  }
}

interface Parts {
  readonly tenants: readonly StoredTenant[]
  readonly entries: readonly Entry[]
  readonly tenancyUuid: string | null
}

function toOrder(row: OrderRow, { tenants, entries, tenancyUuid }: Parts, now: Date): Order {
  const steps = entries.map((entry, index) => toStep(entry, index, tenants, now))
  return {
    id: idFromUuid('order', row.id),
    object: 'order',
    mode: row.mode,
    provider: row.provider,
    product: row.product,
    // A sender that has gone silent is noticed here before recovery writes it down.
    status: steps.some(step => step.state === 'unknown') ? 'unknown' : row.status,
    provider_status: row.provider_status,
    reference: row.reference,
    property_reference: row.property_reference,
    quote_id: idOrNull('quote', row.quote_id),
    offer_id: idOrNull('offer', row.offer_id),
    property_id: idOrNull('property', row.property_id),
    branch_id: idOrNull('branch', row.branch_id),
    address: row.address,
    occupants: row.occupants,
    bill_payers: row.bill_payers,
    household_type: row.household_type,
    tenancy: {
      id: idOrNull('tenancy', tenancyUuid),
      start_date: row.tenancy_start,
      end_date: row.tenancy_end,
      move_in_date: row.move_in,
    },
    ...row.choices,
    price: row.price,
    tenants: tenants.map(({ tenant }) => tenant),
    steps,
    notes: row.notes,
    metadata: row.metadata,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** Orders with their people, steps and ids: one statement each for a whole page. */
export async function showOrders(
  sql: Sql,
  accountId: string,
  rows: readonly OrderRow[],
  now: Date,
): Promise<Order[]> {
  const uuids = rows.map(row => row.id)
  const tenants = await tenantsOfOrders(sql, accountId, uuids)
  const entries = await entriesOfAll(sql, accountId, uuids)
  const tenancies = await tenanciesOfOrders(sql, accountId, uuids)
  return rows.map(row =>
    toOrder(
      row,
      {
        tenants: tenants.filter(tenant => tenant.orderUuid === row.id),
        entries: entries.filter(entry => entry.resource.uuid === row.id),
        tenancyUuid: tenancies.get(row.id) ?? null,
      },
      now,
    ),
  )
}

/** One order as it stands in the given transaction. */
export async function showOrder(sql: Sql, accountId: string, row: OrderRow, now: Date): Promise<Order> {
  const [order] = await showOrders(sql, accountId, [row], now)
  if (!order) throw new TypeError('an order cannot be shown')
  return order
}
