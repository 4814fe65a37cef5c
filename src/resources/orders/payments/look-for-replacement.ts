import type { Lookup, Sight } from '#journal/lookup'
import type { Input } from '#providers/port/index'
import type { ProviderPayment } from '#providers/port/payments'

type Replacement = Input<'payments.replace'>

/** What the payments of its order say of a replacement. A payment tells which one it stands in for. */
export function replacementAmong(
  payments: readonly ProviderPayment[],
  { order_id, payment_id, payment_method }: Replacement,
  rivals: readonly Replacement[],
): Sight {
  const made = payments.filter(({ previous_attempt_id }) => previous_attempt_id === payment_id)
  const [payment, ...others] = made
  if (!payment) return { seen: 'nothing' }
  const isRival = (rival: Replacement) => rival.order_id === order_id && rival.payment_id === payment_id
  if (others.length === 0 && payment.method === payment_method && !rivals.some(isRival))
    return { seen: 'it', providerIds: [payment.id], value: payment }
  const ids = made.map(({ id }) => id).join(', ')
  return {
    seen: 'doubt',
    hint: `In place of the payment there is ${ids}, which somebody else may have asked for.`,
  }
}

export const lookForReplacement: Lookup<'payments.replace'> = async (look, sent) => {
  const { value: payments } = await look.read('orders.payments', { order_id: sent.order_id })
  return replacementAmong(payments, sent, await look.rivals())
}
