import { z } from 'zod'
import { PassedOn } from '#contract/passed-on'
import {
  Address,
  birthday,
  partnerFields,
  personName,
  registrations,
  shownPartner,
  Siret,
  website,
} from '#contract/partner-fields'
import { createdObject, providerObject } from '#contract/provider-objects'
import { absentable, Metadata, text } from '#contract/vocabulary'

const flag = absentable(z.boolean())

export const NetworkPartnerRequest = z
  .strictObject({
    name: text(191),
    ...partnerFields,
    siret_number: Siret,
    legal_representative: z.strictObject({
      first_name: personName,
      last_name: personName,
      date_of_birth: birthday,
    }),
    address: Address,
    ...registrations,
    website,
    takes_network_vouchers: flag,
    takes_network_gift_cards: flag,
    partner_tags: absentable(z.array(PassedOn).max(100)).meta({
      description: 'Whose fields MyBeezBox names; passed on as they are.',
    }),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'NetworkPartnerRequest',
    examples: [
      {
        name: 'Partner #1',
        commercial_name: 'Partner #1 commercial name',
        short_name: 'partner1',
        siret_number: '73282932000074',
        legal_representative: { first_name: 'Jane', last_name: 'Smith' },
        address: { line_1: 'Address line #1', postcode: '75000', city: 'Paris', country: 'FR' },
        email: 'partner1@example.com',
        website: 'https://partner1.example.com',
        takes_network_vouchers: true,
      },
    ],
  })

const said = z.string().nullable()
const shownFlag = z.boolean().nullable()

export const NetworkPartner = createdObject('network_partner', {
  ...shownPartner,
  source_id: said,
  takes_network_vouchers: shownFlag,
  takes_network_gift_cards: shownFlag,
  partner_tags: z.array(z.unknown()).meta({ description: 'As MyBeezBox writes them.' }),
}).meta({ id: 'NetworkPartner', description: 'A partner of the network, which takes its vouchers.' })

const given = (value: unknown) => value !== null && value !== undefined

export const NetworkPartnerChanges = z
  .strictObject({
    source_id: absentable(text(64)).meta({
      description: 'The partner: by your id of it. Either this or `siret_number`.',
    }),
    siret_number: absentable(Siret),
    state: absentable(z.enum(['inactive', 'network'])),
    takes_network_vouchers: flag,
    takes_network_gift_cards: flag,
  })
  .superRefine(({ source_id, siret_number, ...changes }, context) => {
    const [bySource, bySiret] = [given(source_id), given(siret_number)]
    const refuse = (path: string, code: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message, params: { code } })
    if (bySource && bySiret)
      refuse('siret_number', 'conflict', 'only one of source_id and siret_number can be given')
    if (!bySource && !bySiret) refuse('source_id', 'required', 'is required, or siret_number')
    if (!Object.values(changes).some(given)) refuse('state', 'required', 'something must change')
  })
  .meta({
    id: 'NetworkPartnerChanges',
    examples: [{ source_id: '12345', state: 'network', takes_network_vouchers: true }],
  })

export const NetworkPartnerSettings = providerObject('network_partner_settings', {
  state: shownPartner.state,
  provider_state: shownPartner.provider_state,
  name: said,
  takes_network_vouchers: shownFlag,
  takes_network_gift_cards: shownFlag,
}).meta({ id: 'NetworkPartnerSettings', description: 'What a partner of the network takes.' })
