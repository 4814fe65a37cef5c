import type { z } from 'zod'
import { payoutFrequencies } from '#contract/partners'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed, given, Id, OptionalFlag } from '#providers/mybeezbox/dialect'
import { fromPartnerFields, partnerShape, toPartnerFields } from '#providers/mybeezbox/partner-fields'
import type { Implements } from '#providers/port/index'
import type { PartnerDraft, ProviderPartner } from '#providers/port/partners'
import { withoutNulls } from '#providers/port/sendable'

/** Section "Create a new partner". */
const Partner = detailed(
  {
    ...partnerShape,
    payout_frequency: OptionalText,
    auto_validate_payout: OptionalFlag,
    freeze_payout: OptionalFlag,
    block_payout_validation: OptionalFlag,
  },
  () => ({}),
)

/** Section "Check partner by company number". */
const Found = detailed({ id: Id }, () => ({}))

export const mybeezboxPartners = {
  'partners.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    return fromPartner(await client.call('partners.create', { body }, Partner))
  },
  'partners.check': async (client, { siret_number, commercial_name }) => {
    const query = given({ siret_number, commercial_name })
    return { id: (await client.call('partners.check', { query }, Found)).id }
  },
} satisfies Implements<MybeezboxClient>

const frequencies = { weekly: 'week', monthly: 'month' } as const

const statuses = { active: 'a', inactive: 'i', test: 't' } as const

function toFields(draft: PartnerDraft) {
  const { state, payout_frequency, bank_account } = draft
  return withoutNulls<unknown>({
    ...toPartnerFields(draft),
    status: statuses[state],
    payout_frequency: payout_frequency ? frequencies[payout_frequency] : null,
    auto_validate_payout: draft.auto_validate_payout ?? null,
    freeze_payout: draft.freeze_payout ?? null,
    block_payout_validation: draft.block_payout_validation ?? null,
    iban: bank_account?.iban ?? null,
    bic: bank_account?.bic ?? null,
  })
}

function frequencyOf(word: string | null): ProviderPartner['payout_frequency'] {
  if (word === null) return null
  return payoutFrequencies.find(ours => frequencies[ours] === word) ?? 'other'
}

function fromPartner(partner: z.output<typeof Partner>): ProviderPartner {
  return { ...fromPartnerFields(partner), payout_frequency: frequencyOf(partner.payout_frequency) }
}
