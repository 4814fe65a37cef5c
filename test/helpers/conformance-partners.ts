import { fileURLToPath } from 'node:url'
import { KycDocument, KycLevel } from '#contract/kyc'
import { NetworkPartner, NetworkPartnerSettings } from '#contract/network-partners'
import { Partner } from '#contract/partners'
import { Wallet, WalletTransfer } from '#contract/wallets'
import { z } from 'zod'
import { fixture } from '#test/fixture'

const documented = (name: string) => fixture('mybeezbox', name)
const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'

/** What the samples of the document tell, with numbers that are in order. */
const partner = {
  name: 'Partner #1',
  commercial_name: 'Partner #1 commercial name',
  short_name: 'partner1',
  company_type: 'business' as const,
  legal_representative: {
    first_name: "Representative's first name",
    last_name: "Representative's last name",
    date_of_birth: '2022-05-01',
  },
  address: {
    line_1: 'Address line #1',
    line_2: 'Address line #2',
    postcode: '75000',
    city: 'Paris',
    country: 'FR',
  },
  rcs: 'Paris B 732 829 320',
  ape: '5510Z',
  vat_id: 'FR44732829320',
  email: 'partner1@example.com',
  phone: '+33123456789',
  website: 'https://partner1.example.com',
}

export const partnerInputs = {
  'partners.create': {
    ...partner,
    state: 'active' as const,
    siret_number: '73282932000074',
    payout_frequency: 'weekly' as const,
    auto_validate_payout: true,
    freeze_payout: true,
    block_payout_validation: true,
    existing_id: null,
    bank_account: { iban: 'FR2212739000304675471929G68', bic: 'BNPAESMS' },
  },
  'partners.check': { commercial_name: 'Partner #1 commercial name' },
  'networkPartners.create': {
    ...partner,
    siret_number: '55210055400021',
    takes_network_vouchers: true,
    takes_network_gift_cards: true,
    partner_tags: [{ id: 1 }],
  },
  'networkPartners.update': {
    source_id: '12345',
    state: 'network' as const,
    takes_network_vouchers: true,
    takes_network_gift_cards: false,
  },
  'kyc.level': { partner_uuid },
  'kyc.pushDocument': {
    partner_uuid,
    type: 'identity_proof' as const,
    comment: 'A comment about the document',
    file: {
      path: fileURLToPath(new URL('../providers/fixtures/pixel.png', import.meta.url)),
      filename: 'identity.png',
      contentType: 'image/png',
    },
  },
  'wallets.balance': { partner_uuid },
  'wallets.transfers': { uuid: 'a1b2c3d4-e5f6-4789-9012-34567890abcd' },
}

/** The documented answer of each. Of transfers the document shows no field. */
export function partnerExamples() {
  const inputs = partnerInputs
  const made = documented('partners.create.ok')
  const network = documented('networkPartners.create.ok')
  const settings = documented('networkPartners.update.ok')
  return {
    'partners.create': [{ input: inputs['partners.create'], answers: [made] }],
    'partners.check': [{ input: inputs['partners.check'], answers: [{ id: 1 }] }],
    'networkPartners.create': [{ input: inputs['networkPartners.create'], answers: [network] }],
    'networkPartners.update': [{ input: inputs['networkPartners.update'], answers: [settings] }],
    'kyc.level': [{ input: inputs['kyc.level'], answers: [documented('kyc.level.ok')] }],
    'kyc.pushDocument': [{ input: inputs['kyc.pushDocument'], answers: [documented('kyc.pushDocument.ok')] }],
    'wallets.balance': [{ input: inputs['wallets.balance'], answers: [{ amount: 100 }] }],
    'wallets.transfers': [{ input: inputs['wallets.transfers'], answers: [[{}]] }],
  }
}

const ours = { object: true, mode: true, provider: true, provider_data: true } as const
const madeHere = { ...ours, metadata: true } as const

/** What the port promises is what the contract does, without what is ours. */
export const partnerShapes = {
  'partners.create': Partner.omit(madeHere),
  'partners.check': z.strictObject({ id: z.string() }),
  'networkPartners.create': NetworkPartner.omit(madeHere),
  'networkPartners.update': NetworkPartnerSettings.omit(ours),
  'kyc.level': KycLevel.omit(ours),
  'kyc.pushDocument': KycDocument.omit(ours),
  'wallets.balance': Wallet.omit(ours),
  'wallets.transfers': WalletTransfer.omit(ours).array(),
}
