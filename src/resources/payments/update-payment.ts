import type { z } from 'zod'
import { ChangedPayment, type PaymentChanges } from '#contract/payment-writes'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { PAYMENT } from '#resources/payments/read-payments'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { previewAt } from '#resources/provider-objects/perform-once'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Says from when on a payment counts for a payout; doing so again changes nothing. */
export async function updatePayment(
  services: Services,
  call: Call,
  {
    query,
    ...input
  }: { id: string; changes: z.output<typeof PaymentChanges> } & {
    query: z.output<typeof PreviewQuery>
  },
): Promise<Answer> {
  const operation = 'payments.update'
  if (query.preview === 'true') return previewAt(services, call, { operation, input })
  const changed = await askAboutOne(services, call, operation, input)
  return respond(ChangedPayment, shown(call, PAYMENT, changed))
}
