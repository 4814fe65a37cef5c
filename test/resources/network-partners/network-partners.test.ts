import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentedRoutes } from '#test/documented-routes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const sent = () => gateway.simulators.mybeezbox.requests()
const post = (body: object) => gateway.api('POST /v1/network-partners', { body })
const patch = (body: object, query = '') => gateway.api(`PATCH /v1/network-partners${query}`, { body })

const draft = {
  name: 'Marie SARL',
  commercial_name: 'Chez Marie',
  short_name: 'marie',
  company_type: 'organisation',
  siret_number: '73282932000074',
  legal_representative: { first_name: 'Serine', last_name: 'Kanari' },
  address: { line_1: '1 rue Haute', postcode: '75000', city: 'Paris', country: 'FR' },
  email: 'marie@example.com',
  website: 'https://marie.example.com',
}

test('a partner of the network is made, with empty registrations where there are none', async () => {
  const body = {
    ...draft,
    takes_network_vouchers: true,
    takes_network_gift_cards: false,
    partner_tags: [{ name: 'spa' }],
    metadata: { town: 'Paris' },
  }
  const made = await post(body)
  expect(sent().at(-1)).toMatchObject({ method: 'POST', path: '/networkpartners/' })
  expect(sent().at(-1)?.body).toEqual({
    name: 'Marie SARL',
    commercial_name: 'Chez Marie',
    short_name: 'marie',
    company_type: 'org',
    siret_number: '73282932000074',
    legal_representative_first_name: 'Serine',
    legal_representative_last_name: 'Kanari',
    hq_address_line_1: '1 rue Haute',
    hq_postal_code: '75000',
    hq_city: 'Paris',
    hq_country: 'FR',
    rcs: '',
    ape: '',
    vat_id: '',
    agency_email: 'marie@example.com',
    website: 'https://marie.example.com',
    link_to_nv_settings: true,
    link_to_ngc_settings: false,
    partner_tags: [{ name: 'spa' }],
  })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    object: 'network_partner',
    state: 'network',
    provider_state: 'n',
    source_id: expect.any(String),
    takes_network_vouchers: true,
    takes_network_gift_cards: false,
    partner_tags: [{ name: 'spa' }],
    rcs: null,
    metadata: { town: 'Paris' },
    details: {},
  })
})

test.each([
  ['by our id of it', { source_id: '12345' }],
  ['by its SIRET', { siret_number: '12345678901237' }],
])('a partner that is named %s is changed', async (_how, by) => {
  const changes = { state: 'inactive', takes_network_vouchers: false, takes_network_gift_cards: true }
  const { status, body } = await patch({ ...by, ...changes })
  expect(sent().at(-1)).toMatchObject({ method: 'PATCH', path: '/networkpartners/' })
  expect(sent().at(-1)?.body).toEqual({
    ...by,
    status: 'i',
    link_to_nv_settings: false,
    link_to_ngc_settings: true,
  })
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      id: '2',
      object: 'network_partner_settings',
      mode: 'test',
      provider: 'mybeezbox',
      state: 'inactive',
      provider_state: 'i',
      name: 'Partner #1',
      takes_network_vouchers: false,
      takes_network_gift_cards: true,
      details: {},
    },
  })
})

test.each([
  ['no partner', { state: 'network' }, '/source_id', 'required'],
  [
    'two names of it',
    { source_id: '1', siret_number: '73282932000074', state: 'network' },
    '/siret_number',
    'conflict',
  ],
  ['nothing to change', { source_id: '12345' }, '/state', 'required'],
  ['a state of other partners', { source_id: '12345', state: 'active' }, '/state', 'invalid_value'],
  [
    'a SIRET that is none',
    { siret_number: '12345678901234', state: 'network' },
    '/siret_number',
    'invalid_siret',
  ],
])('a change with %s is refused', async (_what, body, pointer, code) => {
  const before = sent().length
  expect(expectProblem(await patch(body), 'validation_failed').errors).toMatchObject([{ pointer, code }])
  expect(sent()).toHaveLength(before)
})

test('a partner that is not there is not found', async () => {
  expectProblem(await patch({ source_id: 'nobody', state: 'network' }), 'not_found')
  const route = documentedRoutes(gateway.app).find(
    ({ operationId }) => operationId === 'updateNetworkPartner',
  )
  expect(route?.['x-problems']).toContain('not_found')
})

test.each([
  ['a website', { website: undefined }, '/website'],
  ['a SIRET', { siret_number: undefined }, '/siret_number'],
  ['a representative', { legal_representative: undefined }, '/legal_representative'],
  ['an address', { address: undefined }, '/address'],
])('%s is needed', async (_what, changes, pointer) => {
  const refused = await post({ ...draft, ...changes })
  expect(expectProblem(refused, 'validation_failed').errors).toMatchObject([{ pointer, code: 'required' }])
})

test('a lost answer leaves an operation for a person', async () => {
  const lost = await post({ ...draft, siret_number: '55210055400021', email: 'answer-lost@example.com' })
  expect([lost.status, lost.body.state, lost.body.reconcile]).toEqual([202, 'unknown', 'by_person'])
})

test('a preview of a change sends nothing', async () => {
  const before = sent().length
  const { body } = await patch({ source_id: '12345', state: 'network' }, '?preview=true')
  expect(body.requests).toMatchObject([{ method: 'PATCH', path: '/networkpartners/' }])
  expect(sent()).toHaveLength(before)
})
