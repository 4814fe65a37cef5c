import { z } from 'zod'
import {
  Address,
  BankAccount,
  birthday,
  partnerFields,
  personName,
  registrations,
  shownPartner,
  Siret,
  website,
} from '#contract/partner-fields'
import { createdObject } from '#contract/provider-objects'
import { absentable, Metadata, Mode, ProviderId, text } from '#contract/vocabulary'

const flag = absentable(z.boolean())

export const payoutFrequencies = ['weekly', 'monthly'] as const

export const PartnerRequest = z
  .strictObject({
    state: z.enum(['active', 'inactive', 'test']),
    name: absentable(text(191)),
    ...partnerFields,
    siret_number: absentable(Siret),
    legal_representative: absentable(
      z.strictObject({
        first_name: absentable(personName),
        last_name: absentable(personName),
        date_of_birth: birthday,
      }),
    ),
    address: absentable(Address),
    ...registrations,
    website: absentable(website),
    payout_frequency: absentable(z.enum(payoutFrequencies)),
    auto_validate_payout: flag,
    freeze_payout: flag.meta({
      description: 'Whether uses may name another day that counts for the payout.',
    }),
    block_payout_validation: flag,
    bank_account: absentable(BankAccount),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'PartnerRequest',
    examples: [
      {
        state: 'active',
        name: 'Partner #1',
        commercial_name: 'Partner #1 commercial name',
        short_name: 'partner1',
        company_type: 'business',
        siret_number: '73282932000074',
        address: { line_1: 'Address line #1', postcode: '75000', city: 'Paris', country: 'FR' },
        email: 'partner1@example.com',
        payout_frequency: 'weekly',
        bank_account: { iban: 'FR2212739000304675471929G68', bic: 'BNPAESMS' },
      },
    ],
  })

const said = z.string().nullable()
const shownFlag = z.boolean().nullable()

export const Partner = createdObject('partner', {
  ...shownPartner,
  payout_frequency: z.enum([...payoutFrequencies, 'other']).nullable(),
  auto_validate_payout: shownFlag,
  freeze_payout: shownFlag,
  block_payout_validation: shownFlag,
}).meta({ id: 'Partner', description: 'A company that vouchers are used at and that is paid for it.' })

const given = (value: string | undefined) => value !== undefined

export const PartnerCheckQuery = z
  .strictObject({
    siret_number: Siret.exactOptional(),
    commercial_name: text(191)
      .exactOptional()
      .meta({ examples: ['Partner #1'] }),
  })
  .refine(({ siret_number, commercial_name }) => given(siret_number) || given(commercial_name), {
    path: ['siret_number'],
    error: 'is required, or commercial_name',
    params: { code: 'required' },
  })

export const PartnerCheck = z
  .object({
    object: z.literal('partner_check'),
    mode: Mode,
    provider: ProviderId,
    exists: z.boolean(),
    partner_id: said.meta({ description: 'Null where there is none.' }),
  })
  .meta({ id: 'PartnerCheck', description: 'Whether there is such a partner.' })
