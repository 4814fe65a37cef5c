import { weigh } from '#journal/candidates'
import type { Lookup, Sight } from '#journal/lookup'
import type { ProviderTransaction } from '#providers/port/payment-hub'

const doubt = (hint: string): Sight => ({ seen: 'doubt', hint })

/** "A new "refund" transaction will be created": no field of one is shown, so any that says so counts. */
function isRefund({ details }: ProviderTransaction): boolean {
  return Object.values(details).some(value => typeof value === 'string' && /refund/i.test(value))
}

/**
 * A refund shows as a transaction of its payment that was not there before it was sent. No other one is sent by the
 * gateway as long as this one is not settled.
 */
export const lookForRefund: Lookup<'payments.refund'> = async (look, { id, amount, earlier }) => {
  const { value: transactions } = await look.read('payments.transactions', { id })
  const known = new Set(earlier.map(transaction => transaction.id))
  if (known.has(null) && transactions.length > earlier.length)
    return doubt(`Payment ${id} has more transactions than before, which cannot be told apart.`)
  const fresh = transactions.filter(transaction => !known.has(transaction.id))
  const candidates = fresh.map(transaction => ({
    id: transaction.id ?? '(without an id)',
    sure: isRefund(transaction) && Math.abs(transaction.amount?.amount ?? 0) === amount.amount,
  }))
  const kind = 'payment_transaction'
  const weighed = await weigh(look, { kind, candidates, isRival: other => other.id === id })
  return weighed.seen === 'it' ? { seen: 'it', providerIds: [id] } : weighed
}
