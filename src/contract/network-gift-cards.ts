import { z } from 'zod'
import { NetworkState } from '#contract/network-states'
import { GivenBack, PassedOn } from '#contract/passed-on'
import { createdObject, Euros } from '#contract/provider-objects'
import { absentable, Instant, Metadata, Money, text, Timestamp } from '#contract/vocabulary'

/** What a card can be made as. */
export const newNetworkStates = ['draft', 'paid', 'in_use', 'cancelled', 'test'] as const

const person = PassedOn.meta({ description: 'Whose fields MyBeezBox names; passed on as they are.' })

export const NetworkGiftCardRequest = z
  .strictObject({
    marketplace_uuid: z.uuid(),
    state: z.enum(newNetworkStates),
    value: Euros,
    gifter: person,
    giftee: absentable(person),
    from_gifter: text(2_000).meta({ description: 'What the giver says to the receiver.' }),
    activates_at: Instant,
    expires_at: Instant,
    metadata: absentable(Metadata),
  })
  .refine(({ activates_at, expires_at }) => Date.parse(expires_at) > Date.parse(activates_at), {
    path: ['expires_at'],
    error: 'must be after activates_at',
    params: { code: 'out_of_range' },
  })
  .meta({
    id: 'NetworkGiftCardRequest',
    examples: [
      {
        marketplace_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
        state: 'paid',
        value: { amount: 10_000, currency: 'EUR' },
        gifter: { first_name: 'Jane', email: 'jane.smith@example.com' },
        from_gifter: 'Happy birthday!',
        activates_at: '2026-06-16T12:00:00Z',
        expires_at: '2027-06-16T12:00:00Z',
      },
    ],
  })

const said = z.string().nullable()
const flag = z.boolean().nullable()

export const NetworkGiftCard = createdObject('network_gift_card', {
  uuid: said,
  code: z.string().meta({ examples: ['NGCasdf123'] }),
  state: NetworkState,
  provider_state: said.meta({ description: "The provider's own word." }),
  value: Money.nullable(),
  remaining_value: Money.nullable(),
  is_active: flag,
  is_splittable: flag,
  gifter: GivenBack,
  giftee: GivenBack,
  from_gifter: said,
  marketplace_uuid: said,
  provider_order_uuid: said.meta({ description: 'Of the order at MyBeezBox that it was bought with.' }),
  ordered_at: Timestamp.nullable(),
  description: said,
  short_description: said,
  theme: said,
  created_at: Timestamp.nullable(),
  activates_at: Timestamp.nullable(),
  expires_at: Timestamp.nullable(),
}).meta({ id: 'NetworkGiftCard', description: 'A gift card that every partner of the network takes.' })
