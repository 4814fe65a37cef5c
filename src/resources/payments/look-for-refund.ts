import { z } from 'zod'
import type { Sql } from '#db/tx'
import { weigh } from '#journal/candidates'
import type { Entry } from '#journal/entry'
import type { Lookup, Sight } from '#journal/lookup'
import type { ProviderTransaction } from '#providers/port/payment-hub'

// A refund is kept under the id of its payment. Along the index on (account_id, mode, operation, id).
const OTHERS = `
  SELECT count(*)::int AS count FROM operations
  WHERE account_id = $1 AND mode = $2 AND operation = $3 AND id <> $4 AND provider_ids ? $5 AND settled_at >= $6
    AND (state = 'succeeded' OR state = 'settled_by_person')`

const Counted = z.object({ count: z.int() })

/** How many other refunds of the payment were settled since this one was set out for. */
async function otherRefunds(sql: Sql, entry: Entry, paymentId: string): Promise<number> {
  const { accountId, mode, operation, id, createdAt } = entry
  const { rows } = await sql.query(OTHERS, [accountId, mode, operation, id, paymentId, createdAt])
  return Counted.parse(rows[0]).count
}

const doubt = (hint: string): Sight => ({ seen: 'doubt', hint })

/** "A new "refund" transaction will be created": no field of one is shown, so any that says so counts. */
function isRefund({ details }: ProviderTransaction): boolean {
  return Object.values(details).some(value => typeof value === 'string' && /refund/i.test(value))
}

/** A refund shows as a transaction of its payment that was not there before it was sent. */
export const lookForRefund: Lookup<'payments.refund'> = async (look, { id, amount, earlier }) => {
  const { value: transactions } = await look.read('payments.transactions', { id })
  const known = new Set(earlier.map(transaction => transaction.id))
  if (known.has(null) && transactions.length > earlier.length)
    return doubt(`Payment ${id} has more transactions than before, which cannot be told apart.`)
  const fresh = transactions.filter(transaction => !known.has(transaction.id))
  if (fresh.length > 0 && (await otherRefunds(look.sql, look.entry, id)) > 0)
    return doubt(`Payment ${id} has new transactions, and was refunded by another operation since.`)
  const candidates = fresh.map(transaction => ({
    id: transaction.id ?? '(without an id)',
    sure: isRefund(transaction) && Math.abs(transaction.amount?.amount ?? 0) === amount.amount,
  }))
  const kind = 'payment_transaction'
  const weighed = await weigh(look, { kind, candidates, isRival: other => other.id === id })
  return weighed.seen === 'it' ? { seen: 'it', providerIds: [id] } : weighed
}
