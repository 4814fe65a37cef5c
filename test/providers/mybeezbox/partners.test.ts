import { expect, test } from 'vitest'
import { mybeezboxKyc } from '#providers/mybeezbox/kyc'
import { mybeezboxNetworkPartners } from '#providers/mybeezbox/network-partners'
import { mybeezboxPartners } from '#providers/mybeezbox/partners'
import { partnerInputs } from '#test/conformance-partners'
import { fixture } from '#test/fixture'
import { mybeezboxAnswering } from '#test/mybeezbox-client'
import { z } from 'zod'

const answering = (answer: unknown) => mybeezboxAnswering(answer).client

const documented = (name: string) => z.record(z.string(), z.unknown()).parse(fixture('mybeezbox', name))

const account = { iban: 'FR2212739000304675471929G68', bic: 'BNPAESMS' }

test('of a bank account that the provider shows the last characters are passed on, of a birthday nothing', async () => {
  const client = answering({ ...documented('partners.create.ok'), ...account, rating: 5 })
  const partner = await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  expect(partner).toMatchObject({
    bank_account: { iban: '****9G68', bic: '****ESMS' },
    details: { rating: 5 },
  })
  expect(JSON.stringify(partner)).not.toMatch(/127390003046|BNPA|2022-05-01/)
})

test('a partner of the network is shown so too', async () => {
  const client = answering({ ...documented('networkPartners.create.ok'), ...account })
  const input = partnerInputs['networkPartners.create']
  const partner = await mybeezboxNetworkPartners['networkPartners.create'](client, input)
  expect(partner).toMatchObject({ state: 'network', source_id: 'sourceID', partner_tags: [], details: {} })
  expect(JSON.stringify(partner)).not.toMatch(/127390003046|BNPA|2022-05-01/)
})

test.each([
  ['a', 'bus', 'active', 'business'],
  ['i', 'ind', 'inactive', 'individual'],
  ['t', 'sol', 'test', 'sole_trader'],
  ['n', 'org', 'network', 'organisation'],
  ['x', 'llc', 'other', 'other'],
])('the letters %s and %s are %s and %s', async (status, company_type, state, company) => {
  const client = answering({ ...documented('partners.create.ok'), status, company_type })
  const partner = await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  expect(partner).toMatchObject({
    state,
    provider_state: status,
    company_type: company,
    provider_company_type: company_type,
  })
})

test.each([
  ['ok', 'validated'],
  ['error', 'not_validated'],
  ['pending', 'other'],
])('a KYC level of %s is %s', async (status, state) => {
  const client = answering({ ...documented('kyc.level.ok'), status })
  const level = await mybeezboxKyc['kyc.level'](client, partnerInputs['kyc.level'])
  expect(level).toMatchObject({ state, provider_state: status })
})

test('a document of a type that nobody has documented is another', async () => {
  const client = answering({ ...documented('kyc.pushDocument.ok'), document_type: 'TAX_RETURN' })
  const input = partnerInputs['kyc.pushDocument']
  const document = await mybeezboxKyc['kyc.pushDocument'](client, input)
  expect(document).toMatchObject({ type: 'other', provider_type: 'TAX_RETURN' })
})

const post = (path: string, value: object) => [{ method: 'POST', path, body: { kind: 'json', value } }]
/** What is told of both kinds of partners, out of the samples of the document. */
const told = {
  name: 'Partner #1',
  commercial_name: 'Partner #1 commercial name',
  short_name: 'partner1',
  company_type: 'bus',
  legal_representative_first_name: "Representative's first name",
  legal_representative_last_name: "Representative's last name",
  legal_representative_birthday: '2022-05-01',
  hq_address_line_1: 'Address line #1',
  hq_address_line_2: 'Address line #2',
  hq_postal_code: '75000',
  hq_city: 'Paris',
  hq_country: 'FR',
  rcs: 'Paris B 732 829 320',
  ape: '5510Z',
  vat_id: 'FR44732829320',
  agency_email: 'partner1@example.com',
  agency_phone: '+33123456789',
  website: 'https://partner1.example.com',
}

test('a partner is made with all that is given, its bank account included', async () => {
  const { client, sent } = mybeezboxAnswering(documented('partners.create.ok'))
  await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  const payout = { payout_frequency: 'week', auto_validate_payout: true, freeze_payout: true }
  const own = { status: 'a', siret_number: '73282932000074', block_payout_validation: true }
  expect(sent()).toEqual(post('/partners/', { ...told, ...account, ...payout, ...own }))
})

test('a partner is made without what is not given', async () => {
  const { client, sent } = mybeezboxAnswering(documented('partners.create.ok'))
  const { commercial_name, short_name, email } = partnerInputs['partners.create']
  const least = { commercial_name, short_name, email, state: 'test', existing_id: null } as const
  const partner = await mybeezboxPartners['partners.create'](client, least)
  expect(sent()).toEqual(
    post('/partners/', { commercial_name, short_name, agency_email: email, status: 't' }),
  )
  expect(partner).toMatchObject({ bank_account: null, payout_frequency: null })
})

test('a partner of the network is told the registrations that it has none of as empty', async () => {
  const { client, sent } = mybeezboxAnswering(documented('networkPartners.create.ok'))
  const { rcs: _, ape: __, vat_id: ___, ...draft } = partnerInputs['networkPartners.create']
  await mybeezboxNetworkPartners['networkPartners.create'](client, draft)
  const none = { rcs: '', ape: '', vat_id: '' }
  const links = { link_to_nv_settings: true, link_to_ngc_settings: true, partner_tags: [{ id: 1 }] }
  const value = { ...told, ...none, ...links, siret_number: '55210055400021' }
  expect(sent()).toEqual(post('/networkpartners/', value))
})

test.each([
  [
    { source_id: '12345', state: 'network', takes_network_vouchers: true, takes_network_gift_cards: false },
    { source_id: '12345', status: 'n', link_to_nv_settings: true, link_to_ngc_settings: false },
  ],
  [
    { siret_number: '55210055400021', state: 'inactive' },
    { siret_number: '55210055400021', status: 'i' },
  ],
] as const)('the settings of a partner of the network are changed by %j', async (changes, value) => {
  const { client, sent } = mybeezboxAnswering(documented('networkPartners.update.ok'))
  const settings = await mybeezboxNetworkPartners['networkPartners.update'](client, changes)
  expect(settings).toEqual({
    id: '1',
    name: 'string',
    state: 'inactive',
    provider_state: 'i',
    takes_network_vouchers: true,
    takes_network_gift_cards: true,
    details: {},
  })
  expect(sent()).toEqual([{ method: 'PATCH', path: '/networkpartners/', body: { kind: 'json', value } }])
})

test.each([
  ['week', 'weekly'],
  ['month', 'monthly'],
  ['year', 'other'],
])('a payout every %s is %s', async (payout_frequency, ours) => {
  const client = answering({ ...documented('partners.create.ok'), payout_frequency })
  const partner = await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  expect(partner.payout_frequency).toBe(ours)
})

test.each([
  [{ iban: account.iban }, { iban: '****9G68', bic: null }],
  [{ bic: account.bic }, { iban: null, bic: '****ESMS' }],
])('of half a bank account half is shown: %j', async (half, bank_account) => {
  const client = answering({ ...documented('partners.create.ok'), ...half })
  const partner = await mybeezboxPartners['partners.create'](client, partnerInputs['partners.create'])
  expect(partner.bank_account).toEqual(bank_account)
})

test('a partner is looked for by what is known of it', async () => {
  const { client, sent } = mybeezboxAnswering({ id: 7, name: 'kept to itself' })
  const query = { commercial_name: 'Partner #1 commercial name' }
  expect(await mybeezboxPartners['partners.check'](client, query)).toEqual({ id: '7' })
  expect(sent()).toEqual([{ method: 'GET', path: '/partners/check/', query }])
})

test('of a partner the person and the address are read as one each, and no tags are none', async () => {
  const client = answering({ ...documented('networkPartners.create.ok'), partner_tags: null })
  const input = partnerInputs['networkPartners.create']
  const partner = await mybeezboxNetworkPartners['networkPartners.create'](client, input)
  expect(partner.partner_tags).toEqual([])
  expect(partner.legal_representative).toEqual({
    first_name: "Representative's first name",
    last_name: "Representative's last name",
  })
  expect(partner.address).toEqual({
    line_1: 'Address line #1',
    line_2: 'Address line #2',
    postcode: '75000',
    city: 'Paris',
    country: 'FR',
  })
})

test('a KYC level is asked for by the partner', async () => {
  const { client, sent } = mybeezboxAnswering({ status: 'ok' })
  const { partner_uuid } = partnerInputs['kyc.level']
  expect(await mybeezboxKyc['kyc.level'](client, { partner_uuid })).toMatchObject({
    errors: [],
    reason: null,
  })
  expect(sent()).toEqual([{ method: 'GET', path: '/kyc/{partner_uuid}/', params: { partner_uuid } }])
})

test('a KYC document goes out under its type in capital letters, and is read so', async () => {
  const { client, sent } = mybeezboxAnswering({ id: 1, document_type: 'IDENTITY_PROOF' })
  const input = partnerInputs['kyc.pushDocument']
  const document = await mybeezboxKyc['kyc.pushDocument'](client, input)
  expect(document).toMatchObject({ type: 'identity_proof', provider_type: 'IDENTITY_PROOF' })
  const { partner_uuid, comment, file } = input
  const fields = { partner_uuid, comment, document_type: 'IDENTITY_PROOF' }
  const body = { kind: 'multipart', fields, files: { file } }
  expect(sent()).toEqual([{ method: 'POST', path: '/kycdocuments/', body }])
})
