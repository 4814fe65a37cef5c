import { isMadeSince, notBefore, weigh } from '#journal/candidates'
import type { Lookup } from '#journal/lookup'
import type { PaymentDraft, ProviderPayment } from '#providers/port/payment-hub'

function emailOf({ customer }: Pick<PaymentDraft, 'customer'>): string | null {
  const email = customer['email']
  return typeof email === 'string' && email.trim() !== '' ? email.trim() : null
}

/** Whether what both tell is the same. */
function agrees({ product, extra_source_amount }: ProviderPayment, sent: PaymentDraft): boolean {
  const partOfWallet = sent.extra_source_amount?.amount ?? 0
  return (
    (product === null || product === sent.product) &&
    (extra_source_amount === null || extra_source_amount.amount === partOfWallet)
  )
}

/** A payment carries no name of ours: it is known again by partner, customer, amount and the day on which it was made. */
export const lookForPayment: Lookup<'payments.create'> = async (look, sent) => {
  const email = emailOf(sent)
  const { value: listed } = await look.read('payments.list', {
    created_from: notBefore(look.entry).slice(0, 10),
    partner_uuid: sent.partner_uuid,
    ...(email === null ? {} : { customer_email: email }),
  })
  const alike = listed.filter(
    payment =>
      payment.amount?.amount === sent.amount.amount &&
      (payment.created_at === null || isMadeSince(look.entry, payment.created_at)),
  )
  const candidates = alike.map(payment => ({
    id: payment.id,
    sure: email !== null && agrees(payment, sent),
    payment,
  }))
  const kind = 'payment'
  const weighed = await weigh(look, {
    kind,
    candidates,
    isRival: other =>
      other.partner_uuid === sent.partner_uuid &&
      other.amount.amount === sent.amount.amount &&
      emailOf(other)?.toLowerCase() === email?.toLowerCase(),
  })
  if (weighed.seen !== 'it') return weighed
  const { id, payment } = weighed.candidate
  return { seen: 'it', providerIds: [id], kind, value: payment }
}
