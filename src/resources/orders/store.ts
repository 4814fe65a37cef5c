import { z } from 'zod'
import { Address } from '#contract/addresses'
import { Mode, ProviderId } from '#contract/vocabulary'
import { orderStatuses, type OrderStatus } from '#contract/orders'
import { HouseholdType, Price, Product, ServiceType } from '#contract/quotes'
import { insertRow } from '#db/insert-row'
import { newestCreatedFirst, onTheWay, type Place } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { PageRequest } from '#http/list'
import { FIRST_UUID, LAST_UUID } from '#values/ids'

/** What was chosen for an order, without personal data. */
export const OrderChoices = z.object({
  package_id: z.string().nullable(),
  add_ons: z.array(z.string()),
  bills: z.array(z.object({ id: z.string() })),
  services: z.array(ServiceType),
  broadband: z.string().nullable(),
  coupon: z.string().nullable(),
})

const Row = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  provider: ProviderId,
  connection_id: z.string(),
  product: Product,
  status: z.enum(orderStatuses),
  provider_status: z.string().nullable(),
  reference: z.string().nullable(),
  property_reference: z.string().nullable(),
  quote_id: z.string().nullable(),
  offer_id: z.string().nullable(),
  property_id: z.string().nullable(),
  branch_id: z.string().nullable(),
  address: Address,
  occupants: z.int(),
  bill_payers: z.int(),
  household_type: HouseholdType,
  tenancy_start: z.string(),
  tenancy_end: z.string(),
  move_in: z.string().nullable(),
  choices: OrderChoices,
  price: Price.nullable(),
  notes: z.array(z.string()),
  metadata: z.record(z.string(), z.string()),
  created_at: z.date(),
  updated_at: z.date(),
})
/** An order as it is kept; ids are UUIDs. Its people, steps and provider ids stand elsewhere. */
export type OrderRow = z.output<typeof Row>

const NAMES = Object.keys(Row.shape)
const COLUMNS = NAMES.join(', ')
const AS_JSON = new Set(['address', 'choices', 'price', 'notes', 'metadata'])

type Scope = { readonly accountId: string; readonly mode: Mode }

export function insertOrder(tx: Tx, order: OrderRow): void {
  insertRow(tx, 'orders', order, AS_JSON)
}

const FIND = `SELECT ${COLUMNS} FROM orders WHERE id = $1 AND account_id = $2 AND mode = $3`

export async function findOrderRow(sql: Sql, scope: Scope, uuid: string): Promise<OrderRow | null> {
  const { rows } = await sql.query(FIND, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

/** Holds the row until the commit. */
export async function lockOrderRow(tx: Tx, scope: Scope, uuid: string): Promise<OrderRow | null> {
  const { rows } = await tx.query(`${FIND} FOR UPDATE`, [uuid, scope.accountId, scope.mode])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

const UPDATE_STATUS = `
  UPDATE orders SET status = $2, provider_status = $3, updated_at = $4 WHERE id = $1`

export function updateOrderStatus(
  tx: Tx,
  uuid: string,
  { status, providerStatus, at }: { status: OrderStatus; providerStatus: string | null; at: Date },
): void {
  tx.write(UPDATE_STATUS, [uuid, status, providerStatus, at])
}

/** Links an order to its house once the provider has told which it is. */
export function setOrderProperty(tx: Tx, uuid: string, propertyUuid: string): void {
  tx.write('UPDATE orders SET property_id = $2 WHERE id = $1 AND property_id IS NULL', [uuid, propertyUuid])
}

export interface OrderFilter {
  readonly status: OrderStatus | null
  readonly provider: string | null
  readonly reference: string | null
  readonly property_reference: string | null
  readonly branch_id: string | null
  readonly createdAfter: Date | null
  readonly createdBefore: Date | null
}

/** Filters with an index of their own, those first that let the fewest rows through. */
const INDEXED = ['reference', 'property_reference', 'branch_id', 'status', 'provider'] as const

/** What a cursor of the list holds of the last order of a page. */
export function placeOf(createdAt: string, uuid: string): string {
  return `${createdAt} ${uuid}`
}

function startOf({ after }: PageRequest, createdBefore: Date | null): Place {
  if (after === null)
    return createdBefore ? { at: createdBefore, uuid: FIRST_UUID } : { at: 'infinity', uuid: LAST_UUID }
  const [at = '', uuid = ''] = after.split(' ')
  return { at: new Date(at), uuid }
}

/** A page of orders, newest first, one row more than asked for. */
export async function listOrderRows(
  sql: Sql,
  scope: Scope,
  filter: OrderFilter,
  page: PageRequest,
): Promise<OrderRow[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const given = INDEXED.flatMap(column => {
    const value = filter[column]
    return value === null ? [] : [[column, value] as const]
  })
  const range = { place: startOf(page, filter.createdBefore), since: filter.createdAfter }
  const { where, orderBy } = newestCreatedFirst(scope, given.slice(0, 1), range, parameter)
  const others = given.slice(1).map(([column, value]) => `${column} = ${parameter(value)}`)
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM orders WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return z.array(Row).parse(rows)
}
