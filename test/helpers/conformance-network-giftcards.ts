import { NetworkGiftCardUsage } from '#contract/network-gift-card-usages'
import { NetworkGiftCard } from '#contract/network-gift-cards'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)
const code = 'NGCasdf123'

/** What the sample of the document tells of a use. */
const use = {
  code,
  creation_date: '2022-06-16',
  value: { amount: 2_000, currency: 'EUR' as const },
  comment: 'Used from our own API',
  reservation_id: '123-ABC',
  freeze_payout_date: '2022-08-01',
  send_usage_notification_email: false,
  giftee_email: 'beneficiary@example.com',
}

export const networkGiftcardInputs = {
  'networkGiftcards.create': {
    marketplace_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    state: 'paid' as const,
    value: { amount: 10_000, currency: 'EUR' as const },
    gifter: { email: 'jane.smith@example.com' },
    giftee: { email: 'john.smith@example.com' },
    from_gifter: 'Happy birthday!',
    activates_at: '2022-06-16T12:00:00Z',
    expires_at: '2023-06-16T12:00:00Z',
  },
  'networkGiftcards.getByCode': { code },
  'networkGiftcards.listByEmail': { email: 'jane.smith@example.com' },
  'networkGiftcards.usages': { code },
  'networkGiftcards.use': { ...use, partner_source_id: '222' },
  'networkGiftcards.useWithPartnerId': { ...use, partner_id: '2' },
  'networkGiftcards.cancelUsage': { id: '1', comment: 'This usage was created via API' },
}

/** The documented answer of each. The uses of a card are shown as one object, and as an array. */
export function networkGiftcardExamples() {
  const inputs = networkGiftcardInputs
  const card = documented('networkGiftcards.getByCode.ok')
  const usage = documented('networkGiftcards.use.ok')
  return {
    'networkGiftcards.create': [
      { input: inputs['networkGiftcards.create'], answers: [documented('networkGiftcards.create.ok')] },
    ],
    'networkGiftcards.getByCode': [{ input: inputs['networkGiftcards.getByCode'], answers: [card] }],
    'networkGiftcards.listByEmail': [{ input: inputs['networkGiftcards.listByEmail'], answers: [[card]] }],
    'networkGiftcards.usages': [
      { input: inputs['networkGiftcards.usages'], answers: [usage] },
      { input: inputs['networkGiftcards.usages'], answers: [[usage]] },
    ],
    'networkGiftcards.use': [{ input: inputs['networkGiftcards.use'], answers: [usage] }],
    'networkGiftcards.useWithPartnerId': [
      { input: inputs['networkGiftcards.useWithPartnerId'], answers: [usage] },
    ],
    'networkGiftcards.cancelUsage': [{ input: inputs['networkGiftcards.cancelUsage'], answers: [usage] }],
  }
}

const ours = { object: true, mode: true, provider: true, metadata: true, provider_data: true } as const
const card = NetworkGiftCard.omit(ours)
const usage = NetworkGiftCardUsage.omit(ours)

/** What the port promises is what the contract does, without what is ours. */
export const networkGiftcardShapes = {
  'networkGiftcards.create': card,
  'networkGiftcards.getByCode': card,
  'networkGiftcards.listByEmail': card.array(),
  'networkGiftcards.usages': usage.array(),
  'networkGiftcards.use': usage,
  'networkGiftcards.useWithPartnerId': usage,
  'networkGiftcards.cancelUsage': usage,
}
