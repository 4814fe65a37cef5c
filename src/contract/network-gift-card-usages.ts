import { z } from 'zod'
import { createdObject, Euros, ProviderObjectId } from '#contract/provider-objects'
import { absentable, Metadata, Money, PlainDate, text } from '#contract/vocabulary'

const BOTH = 'only one of partner_source_id and partner_id can be given'
const given = (value: string | null | undefined) => value !== null && value !== undefined

export const NetworkGiftCardUsageRequest = z
  .strictObject({
    partner_source_id: absentable(ProviderObjectId).meta({
      description: 'Whose shop it is used in: the id that you gave the partner. Either this or `partner_id`.',
      examples: ['222'],
    }),
    partner_id: absentable(ProviderObjectId).meta({
      description:
        "Whose shop it is used in: MyBeezBox's id of the partner. Either this or `partner_source_id`.",
      examples: ['2'],
    }),
    value: Euros.refine(({ amount }) => amount > 0, {
      path: ['amount'],
      error: 'must be more than nothing',
      params: { code: 'too_small' },
    }),
    creation_date: PlainDate.meta({ description: 'The day on which it was used.' }),
    freeze_payout_date: absentable(PlainDate).meta({
      description: 'The day that counts for the payout, in place of `creation_date`.',
    }),
    comment: absentable(text(2_000)),
    reservation_id: absentable(text(64)).meta({
      description: 'Your own name for it. Ours is the id of the operation, by which it can be found again.',
      examples: ['123-ABC'],
    }),
    send_usage_notification_email: absentable(z.boolean()).meta({ description: 'False when left out.' }),
    giftee_email: absentable(z.email().max(191)).meta({
      description: 'Whom it belongs to from now on, in place of who it did.',
      examples: ['jane.smith@example.com'],
    }),
    metadata: absentable(Metadata),
  })
  .superRefine(({ partner_source_id, partner_id }, context) => {
    const [bySource, byId] = [given(partner_source_id), given(partner_id)]
    if (bySource !== byId) return
    const issue = bySource
      ? { path: ['partner_id'], message: BOTH, params: { code: 'conflict' } }
      : {
          path: ['partner_source_id'],
          message: 'is required, or partner_id',
          params: { code: 'required' },
        }
    context.addIssue({ code: 'custom', ...issue })
  })
  .meta({
    id: 'NetworkGiftCardUsageRequest',
    examples: [
      {
        partner_source_id: '222',
        value: { amount: 2_000, currency: 'EUR' },
        creation_date: '2026-06-16',
        comment: 'Used from our own API',
      },
    ],
  })

const said = z.string().nullable()

export const NetworkGiftCardUsage = createdObject('network_gift_card_usage', {
  network_gift_card_id: said,
  partner_id: said,
  partner_source_id: said,
  value: Money.nullable(),
  is_active: z.boolean().nullable().meta({ description: 'False when it was cancelled.' }),
  comment: said,
  reservation_id: said,
  freeze_payout_date: PlainDate.nullable(),
}).meta({ id: 'NetworkGiftCardUsage', description: 'One use of a gift card of the network.' })

export const CancelUsageRequest = z
  .strictObject({ comment: absentable(text(2_000)) })
  .meta({ id: 'CancelUsageRequest', examples: [{ comment: 'The guest did not come' }] })

/** The provider's number of a use, in a path. */
export const UsageParams = z.strictObject({ id: ProviderObjectId })
