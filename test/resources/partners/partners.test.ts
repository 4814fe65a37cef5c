import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sent = () => gateway.simulators.mybeezbox.requests()
const post = (body: object, query = '') => gateway.api(`POST /v1/partners${query}`, { body })

const least = {
  state: 'active',
  commercial_name: 'Chez Marie',
  short_name: 'marie',
  email: 'marie@example.com',
}
const whole = {
  ...least,
  name: 'Marie SARL',
  company_type: 'sole_trader',
  siret_number: '732 829 320 00074',
  legal_representative: { first_name: 'Serine', last_name: 'Kanari', date_of_birth: '1987-03-17' },
  address: { line_1: '1 rue Haute', line_2: 'B', postcode: '75000', city: 'Paris', country: 'fr' },
  rcs: 'Paris B 732 829 320',
  ape: '5510Z',
  vat_id: 'FR44732829320',
  phone: '01 23 45 67 89',
  website: 'https://marie.example.com',
  payout_frequency: 'monthly',
  auto_validate_payout: false,
  freeze_payout: true,
  block_payout_validation: false,
  bank_account: { iban: 'fr22 1273 9000 3046 7547 1929 G68', bic: 'bnpaesms' },
}

test('a partner is made in the words of the provider and answered in ours', async () => {
  const made = await post({ ...whole, metadata: { town: 'Paris' } })
  expect(sent().at(-2)).toMatchObject({ path: '/partners/check/', query: { siret_number: '73282932000074' } })
  expect(sent().at(-1)).toMatchObject({ method: 'POST', path: '/partners/' })
  expect(sent().at(-1)?.body).toEqual({
    status: 'a',
    name: 'Marie SARL',
    commercial_name: 'Chez Marie',
    short_name: 'marie',
    company_type: 'sol',
    siret_number: '73282932000074',
    legal_representative_first_name: 'Serine',
    legal_representative_last_name: 'Kanari',
    legal_representative_birthday: '1987-03-17',
    hq_address_line_1: '1 rue Haute',
    hq_address_line_2: 'B',
    hq_postal_code: '75000',
    hq_city: 'Paris',
    hq_country: 'FR',
    rcs: 'Paris B 732 829 320',
    ape: '5510Z',
    vat_id: 'FR44732829320',
    agency_email: 'marie@example.com',
    agency_phone: '+33123456789',
    website: 'https://marie.example.com',
    payout_frequency: 'month',
    auto_validate_payout: false,
    freeze_payout: true,
    block_payout_validation: false,
    iban: 'FR2212739000304675471929G68',
    bic: 'BNPAESMS',
  })
  expect(made.status).toBe(201)
  expect(made.body).toEqual({
    id: expect.any(String),
    uuid: expect.any(String),
    object: 'partner',
    mode: 'test',
    provider: 'mybeezbox',
    state: 'active',
    provider_state: 'a',
    company_type: 'sole_trader',
    provider_company_type: 'sol',
    name: 'Marie SARL',
    commercial_name: 'Chez Marie',
    short_name: 'marie',
    siret_number: '73282932000074',
    legal_representative: { first_name: 'Serine', last_name: 'Kanari' },
    address: { line_1: '1 rue Haute', line_2: 'B', postcode: '75000', city: 'Paris', country: 'FR' },
    rcs: 'Paris B 732 829 320',
    ape: '5510Z',
    vat_id: 'FR44732829320',
    email: 'marie@example.com',
    phone: '+33123456789',
    website: 'https://marie.example.com',
    payout_frequency: 'monthly',
    auto_validate_payout: false,
    freeze_payout: true,
    block_payout_validation: false,
    bank_account: null,
    details: {},
    metadata: { town: 'Paris' },
  })
})

test('of a partner with the least there is, nothing else is sent', async () => {
  const made = await post(least)
  expect(sent().at(-1)?.body).toEqual({
    status: 'a',
    commercial_name: 'Chez Marie',
    short_name: 'marie',
    agency_email: 'marie@example.com',
  })
  expect(made.body).toMatchObject({ siret_number: null, company_type: null, address: { city: null } })
})

test.each([
  [
    'an IBAN with a wrong check digit',
    { bank_account: { iban: 'FR2312739000304675471929G68' } },
    '/bank_account/iban',
    'invalid_iban',
  ],
  [
    'a BIC that is none',
    { bank_account: { ...whole.bank_account, bic: 'BNP' } },
    '/bank_account/bic',
    'invalid_bic',
  ],
  ['a SIRET with a wrong check digit', { siret_number: '73282932000075' }, '/siret_number', 'invalid_siret'],
  [
    'a day of birth that does not exist',
    { legal_representative: { date_of_birth: '1987-02-30' } },
    '/legal_representative/date_of_birth',
    'invalid_date',
  ],
  [
    'a day of birth that is to come',
    { legal_representative: { date_of_birth: '2190-01-01' } },
    '/legal_representative/date_of_birth',
    'out_of_range',
  ],
  [
    'an address without a street',
    { address: { ...whole.address, line_1: undefined } },
    '/address/line_1',
    'required',
  ],
  [
    'a postcode that is too long',
    { address: { ...whole.address, postcode: '75000 PARIS' } },
    '/address/postcode',
    'too_big',
  ],
  [
    'a country that is no code',
    { address: { ...whole.address, country: 'France' } },
    '/address/country',
    'invalid_format',
  ],
  ['no e-mail address', { email: 'marie' }, '/email', 'invalid_format'],
  ['a number that nobody can ring', { phone: '12' }, '/phone', 'invalid_phone'],
  ['a website of another kind', { website: 'javascript:alert(1)' }, '/website', 'invalid_format'],
  ['a state of the network', { state: 'network' }, '/state', 'invalid_value'],
  ['an unknown field', { iban: 'FR2212739000304675471929G68' }, '/iban', 'unknown_field'],
])('refused is %s', async (_what, changes, pointer, code) => {
  const before = sent().length
  const { errors } = expectProblem(await post({ ...whole, ...changes }), 'validation_failed')
  expect(errors).toMatchObject([{ pointer, code }])
  expect(JSON.stringify(errors)).not.toContain('127390003046')
  expect(sent()).toHaveLength(before)
})

test('a preview masks the bank account and sends nothing', async () => {
  const before = sent().length
  const { body, text } = await post(whole, '?preview=true')
  expect(body.requests).toMatchObject([
    { method: 'POST', path: '/partners/', body: { iban: '****9G68', bic: '****ESMS' } },
  ])
  expect(text).not.toContain('127390003046')
  expect(sent()).toHaveLength(before)
})

test('a partner is found by its SIRET or its commercial name', async () => {
  const { body: made } = await post({ ...whole, siret_number: '55210055400021', commercial_name: 'Le Nid' })
  const { body } = await gateway.api(
    'GET /v1/partners/check?siret_number=55210055400021&commercial_name=Le%20Nid',
  )
  expect(body).toEqual({
    object: 'partner_check',
    mode: 'test',
    provider: 'mybeezbox',
    exists: true,
    partner_id: made.id,
  })
  expect(sent().at(-1)).toMatchObject({ method: 'GET', path: '/partners/check/' })
  expect(sent().at(-1)?.query).toEqual({ siret_number: '55210055400021', commercial_name: 'Le Nid' })
  const { body: none } = await gateway.api('GET /v1/partners/check?commercial_name=Nobody')
  expect(none).toMatchObject({ exists: false, partner_id: null })
})

test.each([
  ['', '/query/siret_number'],
  ['?siret_number=123456789', '/query/siret_number'],
  ['?commercial_name=Marie&name=Marie', '/query/name'],
])('a check for %j is refused', async (query, pointer) => {
  const refused = await gateway.api(`GET /v1/partners/check${query}`)
  expect(expectProblem(refused, 'validation_failed').errors).toMatchObject([{ pointer }])
})
