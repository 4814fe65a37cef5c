import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { contact, leadRequest } from '#test/lead-requests'
import { eventsOf, mappingsOf } from '#test/lead-traces'
import { at } from '#test/simulator-client'
import { uuidOf } from '#values/ids'

let gateway: TestGateway
const now = new Date('2026-11-21T12:00:00.000Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const createLead = async (changes: Readonly<Record<string, unknown>> = {}) =>
  (await gateway.api('POST /v1/leads', { body: leadRequest(changes) })).body
const lastBodyAt = (simulator: 'homebox' | 'one_utility_bill') =>
  gateway.simulators[simulator].requests().at(-1)?.body
const providerIds = (lead: { submissions: { provider_ids: string[] }[] }) =>
  lead.submissions.flatMap(submission => submission.provider_ids)

describe('POST /v1/leads', () => {
  test('hands the household to every provider that takes leads, and answers what became of it at each', async () => {
    const { status, headers, body } = await gateway.api('POST /v1/leads', {
      body: leadRequest({ property_reference: 'p-1', metadata: { crm: '77' } }),
    })
    const [tenant] = body.tenants
    const stamped = { created_at: now.toISOString(), updated_at: now.toISOString() }
    const settled = { status: 'submitted', error: null, completed_at: null }
    const ids = {
      operation_id: expect.stringMatching(/^operation_/),
      provider_ids: [expect.stringMatching(/./)],
    }
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/leads/${body.id}`)
    expect(body).toEqual({
      id: expect.stringMatching(/^lead_/),
      object: 'lead',
      mode: 'test',
      status: 'submitted',
      quote_id: null,
      offer_id: null,
      property_id: expect.stringMatching(/^property_/),
      branch_id: null,
      address: {
        line_1: '5 Media Exchange',
        line_2: 'Coquet Street',
        city: 'Newcastle upon Tyne',
        county: 'Tyne and Wear',
        postcode: 'NE1 2QB',
        address_id: null,
        uprn: null,
        umprn: null,
        udprn: null,
      },
      tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
      tenants: [
        {
          id: expect.stringMatching(/^tenant_/),
          object: 'tenant',
          mode: 'test',
          first_name: 'Jane',
          last_name: 'Smith1',
          email: 'jane.smith1@example.com',
          phone: '+447700900121',
          country_code: null,
          date_of_birth: null,
          nationality: null,
          mandate_status: null,
          provider_ids: [],
          erased_at: null,
          ...stamped,
        },
      ],
      notifications: true,
      existing_tenancy: false,
      managing_party_name: null,
      property_reference: 'p-1',
      source: { enquiry_id: null, lead_source: null, original_source_agent: null, is_homebuyer: null },
      submissions: [
        { provider: 'homebox', tenant_id: null, ...settled, ...ids },
        { provider: 'one_utility_bill', tenant_id: tenant.id, ...settled, ...ids },
      ],
      metadata: { crm: '77' },
      ...stamped,
    })
  })

  test('tells Homebox everything in its own words', async () => {
    await createLead({
      existing_tenancy: true,
      managing_party_name: 'Tyne Lettings',
      property_reference: 'p-2',
      tenants: [contact(1), contact(2)],
      providers: ['homebox'],
    })
    expect(gateway.simulators.homebox.requests().at(-1)).toMatchObject({
      method: 'POST',
      path: '/api/partner/lead',
      query: {},
    })
    expect(lastBodyAt('homebox')).toEqual({
      tenancy_start: '01/09/27',
      tenancy_end: '31/08/28',
      notifications: true,
      existing_tenancy: true,
      managing_party_name: 'Tyne Lettings',
      property_reference: 'p-2',
      address: {
        line1: '5 Media Exchange',
        line2: 'Coquet Street',
        city: 'Newcastle upon Tyne',
        county: 'Tyne and Wear',
        postcode: 'NE12QB',
      },
      tenants: [1, 2].map(number => ({
        first_name: 'Jane',
        last_name: `Smith${number}`,
        phone_number: `+44770090012${number}`,
        email_address: `jane.smith${number}@example.com`,
      })),
    })
  })

  test('tells One Utility Bill one person per lead, with its own keys for where the lead came from', async () => {
    const before = gateway.simulators.one_utility_bill.count('leads.create')
    const lead = await createLead({
      tenants: [contact(1), contact(2, { phone: '+33 1 09 75 83 51' })],
      source: { enquiry_id: '123', lead_source: 'Web', original_source_agent: 'Ann', is_homebuyer: false },
      providers: ['one_utility_bill'],
    })
    const sent = gateway.simulators.one_utility_bill.effects('leads.create').slice(before)
    const byName = new Map(sent.map(({ body }) => [at(body, 'contact', 'last_name'), body]))
    expect(byName.get('Smith2')).toEqual({
      property: {
        address_line_1: '5 Media Exchange',
        address_line_2: 'Coquet Street',
        city: 'Newcastle upon Tyne',
        county: 'Tyne and Wear',
        postcode: 'NE1 2QB',
      },
      contact: {
        first_name: 'Jane',
        last_name: 'Smith2',
        email_address: 'jane.smith2@example.com',
        phone_number: '+33109758351',
        country_code: 'FR',
      },
      tenancy_start_date: '2027-09-01',
      metadata: [
        { meta_key: 'enquiry_id', meta_value: '123' },
        { meta_key: 'lead_source', meta_value: 'Web' },
        { meta_key: 'original_source_agent', meta_value: 'Ann' },
        { meta_key: 'is_homebuyer', meta_value: 'false' },
      ],
    })
    expect([...byName.keys()].toSorted()).toEqual(['Smith1', 'Smith2'])
    expect(lead.submissions.map((one: { tenant_id: string }) => one.tenant_id)).toEqual(
      lead.tenants.map((one: { id: string }) => one.id),
    )
  })

  test('asks each named provider once', async () => {
    const lead = await createLead({ providers: ['homebox', 'homebox'] })
    expect(lead.submissions).toHaveLength(1)
  })

  test('maps every provider’s lead and house onto the one lead and the one property', async () => {
    const lead = await createLead({ tenants: [contact(1), contact(2)] })
    const again = await createLead({ providers: ['homebox'] })
    const leads = await mappingsOf(gateway, lead.id)
    expect(again.property_id).toBe(lead.property_id)
    expect(leads.map(row => row.provider_id).toSorted()).toEqual(providerIds(lead).toSorted())
    expect(leads.every(row => row.provider_resource === 'lead')).toBe(true)
    const houses = await mappingsOf(gateway, lead.property_id)
    expect(new Set(houses.map(row => row.provider))).toEqual(new Set(['homebox', 'one_utility_bill']))
    expect(houses.every(row => row.provider_resource === 'property')).toBe(true)
  })

  test('tells in events what became of each submission and of the whole', async () => {
    const lead = await createLead({ providers: ['homebox'] })
    const [submission] = lead.submissions
    const { id } = lead
    const { operation_id, provider_ids } = submission
    expect(await eventsOf(gateway, lead.id)).toEqual([
      {
        type: 'lead.submitted',
        seq: 1,
        data: {
          id,
          provider: 'homebox',
          status: 'submitted',
          tenant_id: null,
          operation_id,
          provider_ids,
          code: null,
        },
      },
      {
        type: 'lead.status_changed',
        seq: 2,
        data: { id, status: 'submitted', previous_status: 'unknown' },
      },
    ])
  })
})

describe('POST /v1/leads, from a quote', () => {
  const quote = async () => (await gateway.api('POST /v1/quotes', { body: household() })).body
  type Offer = { id: string; provider: string }
  const offerOf = (offers: Offer[], provider: string) =>
    offers.find(offer => offer.provider === provider)?.id ?? ''

  async function quoteIdOf(offerId: string): Promise<string> {
    const { rows } = await gateway.services.database.sql.query<{ provider_quote_id: string }>(
      'SELECT provider_quote_id FROM offers WHERE id = $1',
      [uuidOf('offer', offerId)],
    )
    return rows[0]?.provider_quote_id ?? 'none'
  }

  test('takes address and dates over from the quote', async () => {
    const { id } = await quote()
    const lead = await createLead({ quote_id: id, address: null, tenancy: null })
    expect(lead).toMatchObject({
      status: 'submitted',
      quote_id: id,
      offer_id: null,
      address: { line_1: '5 Media Exchange', postcode: 'NE1 2QB' },
      tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
    })
    expect(lastBodyAt('one_utility_bill')).not.toHaveProperty('quote_id')
  })

  test('passes One Utility Bill’s own quote on with its offer, and to nobody else', async () => {
    const { id, offers } = await quote()
    const offer_id = offerOf(offers, 'one_utility_bill')
    const providerQuoteId = await quoteIdOf(offer_id)
    const lead = await createLead({ offer_id, address: null, tenancy: null })
    expect(lead).toMatchObject({ status: 'submitted', quote_id: id, offer_id })
    expect(lastBodyAt('one_utility_bill')).toMatchObject({ quote_id: providerQuoteId })
    expect(JSON.stringify(lastBodyAt('homebox'))).not.toContain(providerQuoteId)
  })

  test('passes no quote on with an offer of another provider', async () => {
    const { offers } = await quote()
    await createLead({ offer_id: offerOf(offers, 'homebox') })
    expect(lastBodyAt('one_utility_bill')).not.toHaveProperty('quote_id')
  })

  test('prefers what the request says itself', async () => {
    const { id } = await quote()
    const address = { line_1: '1 Test Lane', city: 'London', postcode: 'EC1V 2NX' }
    const lead = await createLead({ quote_id: id, address, tenancy: { start_date: '2027-10-01' } })
    expect(lead.address).toMatchObject({ line_1: '1 Test Lane', line_2: null, postcode: 'EC1V 2NX' })
    expect(lead.tenancy).toEqual({ start_date: '2027-10-01', end_date: '2028-08-31' })
  })
})

describe('POST /v1/leads, for an address that was found here', () => {
  const search = async () =>
    (await gateway.api('GET /v1/addresses?query=BN1%201AB')).body.data[0] as { address_id: string }

  test('tells Homebox its own id, and others the lines of its label', async () => {
    const { address_id } = await search()
    const lead = await createLead({ address: { address_id } })
    expect(lead).toMatchObject({ status: 'submitted', address: { address_id, line_1: null } })
    expect(lastBodyAt('homebox')).toMatchObject({ address: { address_id, postcode: 'BN11AB' } })
    expect(lastBodyAt('one_utility_bill')).toMatchObject({
      property: { address_line_1: '35 Ship Street', city: 'Brighton', postcode: 'BN1 1AB' },
    })
  })

  test('is the same property by its id and by its lines', async () => {
    const { address_id } = await search()
    const one = await createLead({ address: { address_id }, providers: ['homebox'] })
    const lines = { line_1: '35 ship street', city: 'Brighton', postcode: 'bn11ab' }
    const other = await createLead({ address: lines, providers: ['one_utility_bill'] })
    expect(one.property_id).toMatch(/^property_/)
    expect(other.property_id).toBe(one.property_id)
  })

  test('learns which house an id means from the provider’s answer where it was never shown here', async () => {
    const address = { address_id: 'VglSD9KF3EKcNz_RRXPVV', postcode: 'EC1V 2NX' }
    const lead = await createLead({ address, providers: ['homebox'] })
    const same = await createLead({
      address: { line_1: '123 Test Lane', city: 'London', postcode: 'EC1V 2NX' },
      providers: ['one_utility_bill'],
    })
    expect(lead.property_id).toMatch(/^property_/)
    expect(same.property_id).toBe(lead.property_id)
  })
})
