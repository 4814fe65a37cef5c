import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Canaries, heardIn } from '#test/canaries'
import { textOfTables } from '#test/database-text'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const canaries = {
  iban: '127390003046',
  'end of the IBAN': '1929G68',
  bic: 'BNPAESMS',
  'birth date': '1987-03-17',
  'first name': 'Serinus',
  'last name': 'Kanarienvogel',
  'e-mail': 'zeisig',
  phone: '123456789',
  street: 'Vogelstange',
  siret: '73282932000074',
} satisfies Canaries

const partner = {
  name: 'Nest SARL',
  commercial_name: 'Le Nid',
  short_name: 'nid',
  siret_number: canaries.siret,
  legal_representative: {
    first_name: canaries['first name'],
    last_name: canaries['last name'],
    date_of_birth: canaries['birth date'],
  },
  address: { line_1: canaries.street, postcode: '75000', city: 'Paris', country: 'FR' },
  email: 'zeisig@example.com',
  phone: '+33123456789',
}
const paid = {
  ...partner,
  state: 'active',
  bank_account: { iban: 'FR2212739000304675471929G68', bic: 'BNPAESMS' },
}

/** Everything that others than the caller of the very request get to read. */
async function overheard(): Promise<string> {
  const calls = await gateway.api('GET /v1/provider-calls?provider=mybeezbox&limit=100')
  const events = await gateway.api('GET /v1/events?limit=100')
  const operations = await gateway.api('GET /v1/operations?limit=100')
  return [...gateway.logs, calls.text, events.text, operations.text].join('\n')
}

test.each([
  ['that is made', paid],
  ['that is refused', { ...paid, email: 'refused+zeisig@example.com' }],
  [
    'whose answer is lost',
    { ...paid, siret_number: '55210055400021', email: 'answer-lost+zeisig@example.com' },
  ],
])('nobody overhears who a partner is %s', async (_what, body) => {
  await gateway.api('POST /v1/partners', { body })
  expect(gateway.simulators.mybeezbox.requests().at(-1)).toMatchObject({ path: '/partners/' })
  expect(heardIn(await overheard(), canaries)).toEqual([])
})

test('nor who a partner of the network is, nor whom somebody looks for', async () => {
  const body = { ...partner, siret_number: '35600000000048', website: 'https://nid.example.com' }
  const { status } = await gateway.api('POST /v1/network-partners', { body })
  expect(status).toBe(201)
  await gateway.api(`GET /v1/partners/check?siret_number=${canaries.siret}`)
  await gateway.api('PATCH /v1/network-partners', {
    body: { siret_number: canaries.siret, state: 'inactive' },
  })
  expect(heardIn(await overheard(), { ...canaries, 'another SIRET': '35600000000048' })).toEqual([])
})

test('in the whole database nobody finds a bank account or a birthday', async () => {
  const { iban, bic, 'end of the IBAN': end, 'birth date': born } = canaries
  await gateway.api('POST /v1/partners', { body: { ...paid, siret_number: null } })
  const text = await textOfTables(gateway)
  expect(text).toContain('partners.create')
  expect(heardIn(text, { iban, bic, end, born })).toEqual([])
})
