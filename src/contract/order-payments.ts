import { z } from 'zod'
import { Mode, Money, ProviderId, Timestamp } from '#contract/vocabulary'

export const paymentStatuses = ['pending', 'succeeded', 'failed', 'cancelled', 'other'] as const
export const PaymentStatus = z
  .enum(paymentStatuses)
  .meta({ description: '`other`: a status of the provider that is not documented; see `provider_status`.' })
export type PaymentStatus = z.infer<typeof PaymentStatus>

/** How somebody pays. */
export const PaymentMethod = z.enum(['direct_debit', 'bank_transfer'])
export type PaymentMethod = z.infer<typeof PaymentMethod>

const attemptId = z.string().nullable()

/** What is, or was to be, taken from one bill payer of an order. */
export const OrderPayment = z
  .object({
    id: z.string().meta({ description: "The provider's own id.", examples: ['2'] }),
    object: z.literal('payment'),
    mode: Mode,
    provider: ProviderId,
    amount: Money,
    status: PaymentStatus,
    provider_status: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    method: z.enum([...PaymentMethod.options, 'other']).nullable(),
    attempt: z.int().nullable().meta({ description: 'Counts from 1.' }),
    previous_attempt_id: attemptId,
    next_attempt_id: attemptId,
    payer: z.object({
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      email: z.string().nullable(),
    }),
    paid_at: Timestamp.nullable(),
    created_at: Timestamp.nullable(),
  })
  .meta({ id: 'OrderPayment', description: 'What is, or was to be, taken from one bill payer of an order.' })
export type OrderPayment = z.infer<typeof OrderPayment>

export const PaymentReplacement = z.strictObject({ payment_method: PaymentMethod }).meta({
  id: 'PaymentReplacement',
  description: 'How it is to be paid instead.',
  examples: [{ payment_method: 'bank_transfer' }],
})
export type PaymentReplacement = z.output<typeof PaymentReplacement>
