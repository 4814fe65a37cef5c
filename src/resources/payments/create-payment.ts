import type { z } from 'zod'
import type { PaymentCreation } from '#contract/payment-writes'
import { Payment } from '#contract/payments'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { PAYMENT } from '#resources/payments/read-payments'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Makes a payment: written down first, sent once. */
export function createPayment(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof PaymentCreation>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  return performOrPreview(services, call, query, {
    operation: 'payments.create',
    input,
    about: { kind: PAYMENT, metadata },
    done: payment => {
      const headers = { location: `/v1/payments/${payment.id}` }
      return respond(Payment, madeNow(call, PAYMENT, payment, metadata), { status: 201, headers })
    },
  })
}
