import { z } from 'zod'
import { orNull, OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import {
  decimalOf,
  detailed,
  Id,
  oneOrMany,
  OptionalDay,
  OptionalEuros,
  OptionalFlag,
  OptionalId,
  OptionalInstant,
} from '#providers/mybeezbox/dialect'
import { networkStateOf, statusOf } from '#providers/mybeezbox/network-states'
import type { Implements } from '#providers/port/index'
import type {
  NetworkGiftcardDraft,
  ProviderNetworkGiftcard,
  ProviderNetworkGiftcardUsage,
  UsageDraft,
} from '#providers/port/network-giftcards'
import { withoutNulls } from '#providers/port/sendable'

const Person = orNull(z.record(z.string(), z.unknown()))

/** Sections "Create a new network giftcard" and "Find a network giftcard by its code", which answer different fields. */
const NetworkGiftcard = detailed(
  {
    id: Id,
    uuid: OptionalText,
    code: z.string().min(1),
    status: OptionalText,
    value: OptionalEuros,
    remaining_value: OptionalEuros,
    is_active: OptionalFlag,
    is_splittable: OptionalFlag,
    gifter: Person,
    giftee: Person,
    from_gifter: OptionalText,
    marketplace_uuid: OptionalText,
    order_uuid: OptionalText,
    order_creation_date: OptionalInstant,
    description: OptionalText,
    short_description: OptionalText,
    theme: OptionalText,
    creation_date: OptionalInstant,
    activation_date: OptionalInstant,
    expiration_date: OptionalInstant,
  },
  () => ({}),
)

/** Section "Network giftcard usages". */
const Usage = detailed(
  {
    id: Id,
    network_giftcard: OptionalId,
    partner: OptionalId,
    partner_source_id: OptionalId,
    value: OptionalEuros,
    is_active: OptionalFlag,
    comment: OptionalText,
    reservation_id: OptionalText,
    freeze_payout_date: OptionalDay,
  },
  () => ({}),
)

export const mybeezboxNetworkGiftcards = {
  'networkGiftcards.create': async (client, draft) => {
    const body = { kind: 'json', value: toFields(draft) } as const
    return fromCard(await client.call('networkGiftcards.create', { body }, NetworkGiftcard))
  },
  'networkGiftcards.getByCode': async (client, { code }) =>
    fromCard(await client.call('networkGiftcards.getByCode', { params: { code } }, NetworkGiftcard)),
  'networkGiftcards.listByEmail': async (client, { email }) => {
    const request = { params: { email } }
    const found = await client.call('networkGiftcards.listByEmail', request, z.array(NetworkGiftcard))
    return found.map(fromCard)
  },
  'networkGiftcards.usages': async (client, { code }) => {
    const found = await client.call('networkGiftcards.usages', { params: { code } }, oneOrMany(Usage))
    return found.map(fromUsage)
  },
  'networkGiftcards.use': async (client, { code, partner_source_id, ...draft }) => {
    const value = { ...toUsage(draft), partner_source_id: Number(partner_source_id) }
    const request = { params: { code }, body: { kind: 'json', value } } as const
    return fromUsage(await client.call('networkGiftcards.use', request, Usage))
  },
  'networkGiftcards.useWithPartnerId': async (client, { code, partner_id, ...draft }) => {
    const value = { ...toUsage(draft), partner_id: Number(partner_id) }
    const request = { params: { code }, body: { kind: 'json', value } } as const
    return fromUsage(await client.call('networkGiftcards.useWithPartnerId', request, Usage))
  },
  'networkGiftcards.cancelUsage': async (client, { id, comment = null }) => {
    const body = { kind: 'json', value: withoutNulls({ comment }) } as const
    return fromUsage(await client.call('networkGiftcards.cancelUsage', { params: { id }, body }, Usage))
  },
} satisfies Implements<MybeezboxClient>

/** As the document writes times: `2022-06-16 12:00:00.000000+00:00`. */
function spellInstant(instant: string): string {
  const utc = new Date(instant).toISOString()
  return `${utc.slice(0, 10)} ${utc.slice(11, 23)}000+00:00`
}

function toFields({ state, value, activates_at, expires_at, giftee = null, ...plain }: NetworkGiftcardDraft) {
  return withoutNulls<unknown>({
    ...plain,
    giftee,
    status: statusOf(state),
    value: decimalOf(value),
    activation_date: spellInstant(activates_at),
    expiration_date: spellInstant(expires_at),
  })
}

/** "Set 12:00 as hour, so we avoid timezone issues." */
const atNoon = (day: string) => `${day}T12:00`

function toUsage({ value, creation_date, freeze_payout_date, ...plain }: Omit<UsageDraft, 'code'>) {
  return withoutNulls<unknown>({
    ...plain,
    value: decimalOf(value),
    creation_date: atNoon(creation_date),
    freeze_payout_date: freeze_payout_date ? atNoon(freeze_payout_date) : null,
  })
}

function fromCard({
  status,
  order_uuid,
  order_creation_date,
  creation_date,
  activation_date,
  expiration_date,
  ...card
}: z.output<typeof NetworkGiftcard>): ProviderNetworkGiftcard {
  return {
    ...card,
    state: networkStateOf(status),
    provider_state: status,
    provider_order_uuid: order_uuid,
    ordered_at: order_creation_date,
    created_at: creation_date,
    activates_at: activation_date,
    expires_at: expiration_date,
  }
}

function fromUsage({
  network_giftcard,
  partner,
  ...usage
}: z.output<typeof Usage>): ProviderNetworkGiftcardUsage {
  return { ...usage, network_gift_card_id: network_giftcard, partner_id: partner }
}
