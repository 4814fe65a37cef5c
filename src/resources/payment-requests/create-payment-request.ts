import type { z } from 'zod'
import { PaymentRequest, type PaymentRequestCreation } from '#contract/payment-requests'
import type { Metadata, PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { PaymentRequestDraft } from '#providers/port/payment-requests'
import { PAYMENT_REQUEST } from '#resources/payment-requests/read-payment-requests'
import { OPERATION_ID } from '#resources/provider-objects/journaled'
import type { Deed } from '#resources/provider-objects/perform-at'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Makes a payment request that MyBeezBox is told to call `reference`. */
export function paymentRequestDeed(
  call: Call,
  input: PaymentRequestDraft,
  { reference, metadata }: { reference: string; metadata: Metadata | null | undefined },
): Deed<'paymentRequests.create'> {
  return {
    operation: 'paymentRequests.create',
    input,
    reference,
    about: { kind: PAYMENT_REQUEST, metadata },
    done: request => {
      const headers = { location: `/v1/payment-requests/${request.id}` }
      const shown = madeNow(call, PAYMENT_REQUEST, request, metadata)
      return respond(PaymentRequest, shown, { status: 201, headers })
    },
  }
}

/** Makes a payment request: written down first, sent once. */
export function createPaymentRequest(
  services: Services,
  call: Call,
  { metadata, ...body }: z.output<typeof PaymentRequestCreation>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  const reference = body.reference ?? OPERATION_ID
  const deed = paymentRequestDeed(call, { ...body, reference }, { reference, metadata })
  return performOrPreview(services, call, query, deed)
}
