import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { contact, leadRequest } from '#test/lead-requests'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const create = (changes: Readonly<Record<string, unknown>> = {}) =>
  gateway.api('POST /v1/leads', { body: leadRequest(changes) })
const tenant = (changes: Readonly<Record<string, unknown>>) => ({ tenants: [contact(1, changes)] })

describe('POST /v1/leads refuses', () => {
  test.each([
    ['nobody to contact', { tenants: [] }, '/tenants', 'too_small'],
    ['no list of people', { tenants: null }, '/tenants', 'required'],
    ['a crowd', { tenants: Array.from({ length: 51 }, () => contact()) }, '/tenants', 'too_big'],
    ['an e-mail address that is none', tenant({ email: 'jane' }), '/tenants/0/email', 'invalid_format'],
    ['a phone that is none', tenant({ phone: '12' }), '/tenants/0/phone', 'invalid_phone'],
    [
      'a phone with an extension',
      tenant({ phone: '020 7946 0000 ext 5' }),
      '/tenants/0/phone',
      'invalid_phone',
    ],
    ['an empty name', tenant({ first_name: ' ' }), '/tenants/0/first_name', 'too_small'],
    ['a name with NUL', tenant({ last_name: 'Sm\u0000th' }), '/tenants/0/last_name', 'invalid_characters'],
    [
      'half a surrogate pair',
      tenant({ last_name: 'Sm\ud800th' }),
      '/tenants/0/last_name',
      'invalid_characters',
    ],
    [
      'a country of three letters',
      tenant({ country_code: 'GBR' }),
      '/tenants/0/country_code',
      'invalid_format',
    ],
    ['bank details', tenant({ bank_account: {} }), '/tenants/0/bank_account', 'unknown_field'],
    ['a field that is misspelt', { notification: false }, '/notification', 'unknown_field'],
    ['a word for a boolean', { notifications: 'yes' }, '/notifications', 'invalid_type'],
    [
      'a day that does not exist',
      { tenancy: { start_date: '2026-02-30' } },
      '/tenancy/start_date',
      'invalid_date',
    ],
    [
      'an end before the start',
      { tenancy: { start_date: '2027-09-01', end_date: '2027-08-31' } },
      '/tenancy/end_date',
      'end_before_start',
    ],
    [
      'an address without a postcode',
      { address: { line_1: '1 High Street' } },
      '/address/postcode',
      'required',
    ],
    [
      'a postcode that is none',
      { address: { postcode: 'NOWHERE' } },
      '/address/postcode',
      'invalid_postcode',
    ],
    [
      'an address id that was never shown',
      { address: { address_id: 'nobody-knows-it' } },
      '/address/address_id',
      'unknown_address',
    ],
    [
      'a UPRN of letters',
      { address: { postcode: 'NE1 2QB', uprn: 'abc' } },
      '/address/uprn',
      'invalid_format',
    ],
    ['a provider that does not exist', { providers: ['acme'] }, '/providers/0', 'invalid_value'],
    ['a list of no providers', { providers: [] }, '/providers', 'too_small'],
    [
      'a source that is too long',
      { source: { lead_source: 'x'.repeat(192) } },
      '/source/lead_source',
      'too_big',
    ],
    ['a quote that is no id', { quote_id: 'nonsense' }, '/quote_id', 'invalid_id'],
    ['an unknown quote', { quote_id: 'quote_01kb2z6x9ve8vs2m0g5a7d3c1r' }, '/quote_id', 'unknown_quote'],
    ['an unknown offer', { offer_id: 'offer_01kb2z6x9ve8vs2m0g5a7d3c1r' }, '/offer_id', 'unknown_offer'],
    ['an unknown branch', { branch_id: 'branch_01kb2z6x9ve8vs2m0g5a7d3c1r' }, '/branch_id', 'unknown_branch'],
    [
      'too much metadata',
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v'])) },
      '/metadata',
      'too_many',
    ],
  ])('%s', async (_what, changes, pointer, code) => {
    const problem = expectProblem(await create(changes), 'validation_failed')
    expect(problem.errors).toEqual([{ pointer, code, message: expect.any(String) }])
    expect((await gateway.api('GET /v1/leads')).body.data).toEqual([])
    expect(gateway.simulators.homebox.requests()).toEqual([])
    expect(gateway.simulators.one_utility_bill.requests()).toEqual([])
  })

  test('a wish for a preview that is neither yes nor no', async () => {
    const answer = await gateway.api('POST /v1/leads?preview=perhaps', { body: leadRequest() })
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer: '/query/preview' }])
  })

  test.each(['[]', '"lead"', 'null', '7'])('a body that is %s', async payload => {
    expectProblem(await gateway.api('POST /v1/leads', { payload }), 'validation_failed')
  })

  test.each(['housr', 'mybeezbox'])(
    'to hand a lead to %s, which takes none, and says who does',
    async named => {
      const problem = expectProblem(
        await create({ providers: ['homebox', named] }),
        'capability_not_supported',
      )
      expect(problem.supported_by).toEqual(['homebox', 'one_utility_bill'])
    },
  )
})

describe('POST /v1/leads refuses what does not go with its quote', () => {
  const quote = async () => (await gateway.api('POST /v1/quotes', { body: household() })).body

  test('an offer of another quote', async () => {
    const { id } = await quote()
    const { offers } = await quote()
    const problem = expectProblem(await create({ quote_id: id, offer_id: offers[0].id }), 'validation_failed')
    expect(problem.errors).toMatchObject([{ pointer: '/offer_id', code: 'not_of_quote' }])
  })

  test('a start after the end that the quote has', async () => {
    const { id } = await quote()
    const answer = await create({ quote_id: id, tenancy: { start_date: '2028-08-31' } })
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([
      { pointer: '/tenancy/end_date', code: 'end_before_start' },
    ])
  })

  test('an expired quote, and an offer of one', async () => {
    const { id, offers } = await quote()
    now = new Date(now.getTime() + 8 * 86_400_000)
    expectProblem(await create({ quote_id: id }), 'state_conflict')
    expectProblem(await create({ offer_id: offers[0].id }), 'state_conflict')
  })
})

describe('POST /v1/leads without connections', () => {
  async function connectedTo(environment: Readonly<Record<string, string>>) {
    const lonely = await startTestGateway({ environment: { BILLBRIDGE_SIMULATOR: 'off', ...environment } })
    onTestFinished(lonely.close)
    return lonely
  }

  test('says that a named provider is not connected', async () => {
    const { api } = await connectedTo({ HOMEBOX_BASE_URL: 'http://127.0.0.1:9', HOMEBOX_TOKEN: 'token' })
    const body = leadRequest({ providers: ['homebox', 'one_utility_bill'] })
    const problem = expectProblem(await api('POST /v1/leads', { body }), 'provider_not_connected')
    expect(problem.detail).toBe('There is no test connection to one_utility_bill.')
  })

  test('says that no connected provider takes leads', async () => {
    const { api } = await connectedTo({ HOUSR_BASE_URL: 'http://127.0.0.1:9', HOUSR_API_KEY: 'key' })
    expectProblem(await api('POST /v1/leads', { body: leadRequest() }), 'provider_not_connected')
  })
})
