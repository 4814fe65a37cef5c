import { z } from 'zod'
import { PaymentStatus } from '#contract/order-payments'
import type { Tx } from '#db/tx'
import type { OrderRow } from '#resources/orders/store'

type Order = Pick<OrderRow, 'id' | 'account_id' | 'mode' | 'provider'>

const Row = z.object({ provider_payment_id: z.string(), status: PaymentStatus })

const SEEN = `
  SELECT provider_payment_id, status FROM seen_payments WHERE account_id = $1 AND order_id = $2`

/** The status in which each payment of an order was last seen, by the provider's id. */
export async function seenPayments(tx: Tx, order: Order): Promise<Map<string, PaymentStatus>> {
  const { rows } = await tx.query(SEEN, [order.account_id, order.id])
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(row => [row.provider_payment_id, row.status]),
  )
}

const NOTE = `
  INSERT INTO seen_payments (id, account_id, mode, order_id, provider, provider_payment_id, status, seen_at)
  SELECT gen_random_uuid(), $1, $2, $3, $4, payment_id, status, $7
  FROM unnest($5::text[], $6::text[]) AS seen (payment_id, status)
  ON CONFLICT (account_id, order_id, provider_payment_id)
  DO UPDATE SET status = excluded.status, seen_at = excluded.seen_at`

/** Notes the status of payments, each of another id. */
export function notePayments(
  tx: Tx,
  order: Order,
  payments: readonly { readonly id: string; readonly status: PaymentStatus }[],
  at: Date,
): void {
  const ids = payments.map(({ id }) => id)
  const statuses = payments.map(({ status }) => status)
  tx.write(NOTE, [order.account_id, order.mode, order.id, order.provider, ids, statuses, at])
}
