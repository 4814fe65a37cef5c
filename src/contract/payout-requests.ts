import { z } from 'zod'
import { PayoutRequestState } from '#contract/payments'
import { providerObject } from '#contract/provider-objects'
import { ListQuery, Money, PlainDate, text, Timestamp } from '#contract/vocabulary'

const said = z.string().nullable()

export const PayoutRequest = providerObject('payout_request', {
  state: PayoutRequestState,
  provider_state: said.meta({ description: "The provider's own word." }),
  partner_id: said,
  partner_uuid: said,
  amount: Money.nullable(),
  created_at: Timestamp.nullable(),
  validated_at: Timestamp.nullable(),
}).meta({
  id: 'PayoutRequest',
  description: 'What a partner is to be paid out. The document shows no field of it: see also `details`.',
})

/** What MyBeezBox answers to a decision is not documented: this much is certain. */
export const PayoutRequestDecision = PayoutRequest.pick({
  id: true,
  object: true,
  mode: true,
  provider: true,
  state: true,
}).meta({ id: 'PayoutRequestDecision', description: 'What a payout request has become.' })

const flag = z.enum(['true', 'false']).exactOptional()
const day = PlainDate.exactOptional()

/** The six filters of the document, "Get all payout requests". */
export const PayoutRequestQuery = ListQuery.extend({
  created_from: day.meta({ description: 'Made on this day or later.' }),
  created_to: day.meta({ description: 'Made on this day or before.' }),
  state: text(40).exactOptional().meta({ description: 'In our word or in the provider’s own.' }),
  partner_uuid: z.uuid().exactOptional(),
  has_validated_kyc: flag,
  has_blocked_payout_validation: flag,
})

export const PayoutRequestParams = z.strictObject({
  id: z
    .string()
    .regex(/^(?!0\d)\d{1,15}$/)
    .meta({ description: "The provider's own id.", examples: ['1'] }),
})
