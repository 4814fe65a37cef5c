import { describe, expect, it } from 'vitest'
import { oneUtilityBill } from '#providers/one-utility-bill/index'
import type { LeadDraft } from '#providers/port/leads'
import { fixture } from '#test/fixture'
import { mediaExchange } from '#test/port-household'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = oneUtilityBill
const headers = { accept: 'application/json', authorization: 'Bearer one' }
function connect(answer: unknown) {
  const upstream = recordingUpstream({ access_token: 'one' }, answer)
  const credentials = { client_id: 'client-1', client_secret: 'very secret' }
  return { upstream, client: oneUtilityBill.connect(credentials, upstream) }
}

const john = {
  first_name: 'John',
  last_name: 'Smith',
  email: 'john.smith@oneutilitybill.co',
  phone: '+441916220102',
  country_code: null,
}
const nowhere = { enquiry_id: null, lead_source: null, original_source_agent: null, is_homebuyer: null }
const draft = (different: Partial<LeadDraft> = {}): LeadDraft => ({
  address: mediaExchange,
  tenancy: { start_date: null, end_date: null },
  tenants: [john],
  notifications: true,
  existing_tenancy: false,
  managing_party_name: 'Not for them',
  property_reference: 'Not for them',
  branch_id: null,
  provider_quote_id: null,
  source: nowhere,
  ...different,
})
async function create(different: Partial<LeadDraft> = {}) {
  const { upstream, client } = connect(fixture('one-utility-bill', 'leads.create.ok'))
  const lead = await operations['leads.create'](client, draft(different))
  return { lead, requests: upstream.requests, body: upstream.requests[1]?.body }
}

describe('leads.create at One Utility Bill', () => {
  it('sends house and person, the country read out of the number, and nothing else', async () => {
    const { requests } = await create()
    expect(requests[1]).toEqual({
      method: 'POST',
      path: '/api/v1/leads',
      headers,
      body: {
        kind: 'json',
        value: {
          property: {
            address_line_1: '5 Media Exchange',
            address_line_2: 'Coquet Street',
            city: 'Newcastle upon Tyne',
            county: 'Tyne and Wear',
            postcode: 'NE1 2QB',
          },
          contact: {
            first_name: 'John',
            last_name: 'Smith',
            email_address: 'john.smith@oneutilitybill.co',
            phone_number: '+441916220102',
            country_code: 'GB',
          },
        },
      },
    })
  })

  it('sends identifiers, quote, start date and source where they are known', async () => {
    const { body } = await create({
      address: { ...mediaExchange, uprn: '100110971828', umprn: '1234567890', udprn: '12345678' },
      tenants: [{ ...john, country_code: 'IE' }],
      provider_quote_id: '01838de9-a331-7343-bd7a-e653ad9c3423',
      tenancy: { start_date: '2022-09-30', end_date: '2023-09-29' },
      source: { ...nowhere, enquiry_id: '123', is_homebuyer: false },
    })
    expect(body).toMatchObject({
      value: {
        property: { uprn: '100110971828', umprn: '1234567890', udprn: '12345678' },
        contact: { country_code: 'IE' },
        quote_id: '01838de9-a331-7343-bd7a-e653ad9c3423',
        tenancy_start_date: '2022-09-30',
        metadata: [
          { meta_key: 'enquiry_id', meta_value: '123' },
          { meta_key: 'is_homebuyer', meta_value: 'false' },
        ],
      },
    })
  })

  it.each([
    [{ address: null }, ['/address']],
    [{ address: { ...mediaExchange, line_1: null, city: null } }, ['/address/line_1', '/address/city']],
    [{ address: { ...mediaExchange, city: 'x'.repeat(61) } }, ['/address/city']],
    [
      { address: { ...mediaExchange, postcode: 'BT1 5GS', nation: 'northern_ireland' } },
      ['/address/postcode'],
    ],
    [{ tenants: [{ ...john, first_name: 'J' }] }, ['/tenants/0/first_name']],
    [{ tenants: [{ ...john, phone: '+443001234567890' }] }, ['/tenants/0/phone']],
    [{ tenants: [john, john] }, ['/tenants']],
    [{ tenants: [] }, ['/tenants']],
  ] as const)('is not sent when they cannot be told it: %#', async (different, pointers) => {
    const { upstream, client } = connect({})
    await expect(operations['leads.create'](client, draft(different))).rejects.toMatchObject({
      facts: {
        code: 'validation_failed',
        outcome: 'not_sent',
        provider: 'one_utility_bill',
        fields: pointers.map(pointer => ({ pointer })),
      },
    })
    expect(upstream.requests).toEqual([])
  })

  it('answers the lead with its ids', async () => {
    const { lead } = await create()
    expect(lead).toEqual({
      id: '01838daa-eb24-7c54-bac5-ca4eedab22f3',
      tenancy: { start_date: '2022-09-30', end_date: null },
      property: {
        id: '01838daa-eb24-7c54-bac5-ca4eedab22f3',
        address: {
          line_1: '5 Media Exchange',
          line_2: 'Coquet Street',
          city: 'Newcastle upon Tyne',
          county: 'Tyne and Wear',
          postcode: 'NE1 2QB',
        },
      },
      property_reference: null,
      tenants: [
        {
          id: '01838daa-eb24-7c54-bac5-ca4eedab22f3',
          email: 'john.smith@oneutilitybill.co',
          phone: '+447700964836',
        },
      ],
      completed_at: null,
      created_at: '2022-09-30T09:13:36.000Z',
    })
  })

  it('needs no more of the answer than the id', async () => {
    const { client } = connect({ data: { id: 'lead-1', contact: [], created_at: 'today' } })
    expect(await operations['leads.create'](client, draft())).toMatchObject({ id: 'lead-1', tenants: [] })
  })

  it('is of unknown outcome when the answer names no lead', async () => {
    const { client } = connect({ data: {} })
    await expect(operations['leads.create'](client, draft())).rejects.toMatchObject({
      facts: { outcome: 'unknown' },
    })
  })
})

describe('leads.get at One Utility Bill', () => {
  it('reads one by its id', async () => {
    const { upstream, client } = connect(fixture('one-utility-bill', 'leads.get.ok'))
    const lead = await operations['leads.get'](client, { lead_id: 'lead-1', branch_id: null })
    expect(lead.tenancy.start_date).toBe('2022-09-30')
    expect(upstream.requests[1]).toEqual({
      method: 'GET',
      path: '/api/v1/leads/{lead_id}',
      params: { lead_id: 'lead-1' },
      headers,
    })
  })
})
