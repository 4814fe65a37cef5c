import { GiftCard } from '#contract/gift-cards'
import { Permissions } from '#contract/permissions'
import type { ExamplesOf } from '#test/conformance-cases'
import {
  networkGiftcardExamples,
  networkGiftcardInputs,
  networkGiftcardShapes,
} from '#test/conformance-network-giftcards'
import {
  networkVoucherExamples,
  networkVoucherInputs,
  networkVoucherShapes,
} from '#test/conformance-network-vouchers'
import { paymentHubExamples, paymentHubInputs, paymentHubShapes } from '#test/conformance-payment-hub'
import {
  paymentWriteExamples,
  paymentWriteInputs,
  paymentWriteShapes,
} from '#test/conformance-payment-writes'
import { partnerExamples, partnerInputs, partnerShapes } from '#test/conformance-partners'
import { voucherExamples, voucherInputs, voucherShapes } from '#test/conformance-vouchers'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)

/** What the samples of the document tell it; at the simulator the same objects are there from the start. */
export const mybeezboxInputs = {
  ...voucherInputs,
  ...networkGiftcardInputs,
  ...networkVoucherInputs,
  ...partnerInputs,
  ...paymentHubInputs,
  ...paymentWriteInputs,
  'auth.permissions': {},
  'giftcards.list': {},
  'giftcards.get': { id: '1' },
  'giftcards.getByCode': { code: 'NGCasdf123' },
}

/** The documented answer of each. */
export function mybeezboxExamples(): ExamplesOf<'mybeezbox'> {
  const giftcard = documented('giftcards.get.ok')
  const inputs = mybeezboxInputs
  return {
    ...voucherExamples(),
    ...networkGiftcardExamples(),
    ...networkVoucherExamples(),
    ...partnerExamples(),
    ...paymentHubExamples(),
    ...paymentWriteExamples(),
    'auth.permissions': [{ input: inputs['auth.permissions'], answers: [documented('auth.permissions.ok')] }],
    'giftcards.list': [{ input: inputs['giftcards.list'], answers: [[giftcard]] }],
    'giftcards.get': [{ input: inputs['giftcards.get'], answers: [giftcard] }],
    'giftcards.getByCode': [{ input: inputs['giftcards.getByCode'], answers: [giftcard] }],
  }
}

const ours = { object: true, mode: true, provider: true } as const
const card = GiftCard.omit(ours)

/** What the port promises is what the contract does, without what is ours. */
export const mybeezboxShapes = {
  ...voucherShapes,
  ...networkGiftcardShapes,
  ...networkVoucherShapes,
  ...partnerShapes,
  ...paymentHubShapes,
  ...paymentWriteShapes,
  'auth.permissions': Permissions.omit(ours),
  'giftcards.list': card.array(),
  'giftcards.get': card,
  'giftcards.getByCode': card,
}
