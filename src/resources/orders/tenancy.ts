import { z } from 'zod'
import type { Sql, Tx } from '#db/tx'
import type { OrderRow } from '#resources/orders/store'
import { newUuid } from '#values/ids'

const Row = z.object({ id: z.string() })

const FIND = 'SELECT id FROM tenancies WHERE account_id = $1 AND order_id = $2'
const INSERT = `
  INSERT INTO tenancies (id, account_id, mode, property_id, order_id, kind, start_date, end_date, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, 'order', $6, $7, $8, $8)`

/** The tenancy that an order is for, made once its property is known; null before. The caller holds the order's row. */
export async function ensureOrderTenancy(tx: Tx, order: OrderRow, at: Date): Promise<string | null> {
  if (order.property_id === null) return null
  const { rows } = await tx.query(FIND, [order.account_id, order.id])
  if (rows.length > 0) return Row.parse(rows[0]).id
  const id = newUuid()
  const dates = [order.tenancy_start, order.tenancy_end]
  tx.write(INSERT, [id, order.account_id, order.mode, order.property_id, order.id, ...dates, at])
  return id
}

const OF_ORDERS = 'SELECT id, order_id FROM tenancies WHERE account_id = $1 AND order_id = ANY($2::uuid[])'
const OrderTenancy = z.object({ id: z.string(), order_id: z.string() })

/** The tenancies of orders, by the order's UUID. */
export async function tenanciesOfOrders(
  sql: Sql,
  accountId: string,
  orderUuids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql.query(OF_ORDERS, [accountId, orderUuids])
  return new Map(
    z
      .array(OrderTenancy)
      .parse(rows)
      .map(row => [row.order_id, row.id]),
  )
}
