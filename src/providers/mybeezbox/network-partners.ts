import { z } from 'zod'
import { orNull, OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed, Id, OptionalFlag, OptionalId } from '#providers/mybeezbox/dialect'
import {
  fromPartnerFields,
  partnerShape,
  partnerStateOf,
  toPartnerFields,
} from '#providers/mybeezbox/partner-fields'
import type { Implements } from '#providers/port/index'
import type { NetworkPartnerDraft, ProviderNetworkPartner } from '#providers/port/partners'
import { withoutNulls } from '#providers/port/sendable'

/** Section "Create a new network partner". */
const NetworkPartner = detailed(
  {
    ...partnerShape,
    source_id: OptionalId,
    link_to_nv_settings: OptionalFlag,
    link_to_ngc_settings: OptionalFlag,
    partner_tags: orNull(z.array(z.unknown())),
  },
  () => ({}),
)

/** Section "Update a network partner", whose answer spells the links in another way than its request. */
const Settings = detailed(
  {
    id: Id,
    status: OptionalText,
    name: OptionalText,
    linked_to_nv_settings: OptionalFlag,
    linked_to_ngc_settings: OptionalFlag,
  },
  () => ({}),
)

const statuses = { inactive: 'i', network: 'n' } as const

interface Links {
  readonly takes_network_vouchers?: boolean | null
  readonly takes_network_gift_cards?: boolean | null
}

const toLinks = ({ takes_network_vouchers = null, takes_network_gift_cards = null }: Links) => ({
  link_to_nv_settings: takes_network_vouchers,
  link_to_ngc_settings: takes_network_gift_cards,
})

export const mybeezboxNetworkPartners = {
  'networkPartners.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    return fromNetworkPartner(await client.call('networkPartners.create', { body }, NetworkPartner))
  },
  'networkPartners.update': async (client, { source_id = null, siret_number = null, state, ...links }) => {
    const status = state ? statuses[state] : null
    const value = withoutNulls<unknown>({ source_id, siret_number, status, ...toLinks(links) })
    const body = { kind: 'json', value } as const
    const told = await client.call('networkPartners.update', { body }, Settings)
    const { status: word, linked_to_nv_settings, linked_to_ngc_settings, ...plain } = told
    return {
      ...plain,
      state: partnerStateOf(word),
      provider_state: word,
      takes_network_vouchers: linked_to_nv_settings,
      takes_network_gift_cards: linked_to_ngc_settings,
    }
  },
} satisfies Implements<MybeezboxClient>

/** The registrations are required there, and empty in its sample: what there is none of is sent so. */
function toFields(draft: NetworkPartnerDraft) {
  const { partner_tags = null, rcs, ape, vat_id } = draft
  return withoutNulls<unknown>({
    ...toPartnerFields(draft),
    rcs: rcs ?? '',
    ape: ape ?? '',
    vat_id: vat_id ?? '',
    ...toLinks(draft),
    partner_tags,
  })
}

function fromNetworkPartner({
  link_to_nv_settings,
  link_to_ngc_settings,
  partner_tags,
  ...partner
}: z.output<typeof NetworkPartner>): ProviderNetworkPartner {
  return {
    ...fromPartnerFields(partner),
    takes_network_vouchers: link_to_nv_settings,
    takes_network_gift_cards: link_to_ngc_settings,
    partner_tags: partner_tags ?? [],
  }
}
