import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import type { LeadDraft, LeadTraces } from '#providers/port/leads'
import { fixture } from '#test/fixture'
import { mediaExchange } from '#test/port-household'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(...answers: readonly unknown[]) {
  const upstream = recordingUpstream(...answers)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

const bill = {
  first_name: 'Bill',
  last_name: 'Appleseed',
  email: 'bill.appleseed@example.com',
  phone: '+441234567890',
  country_code: null,
}
const draft = (different: Partial<LeadDraft> = {}): LeadDraft => ({
  address: mediaExchange,
  tenancy: { start_date: '2022-07-01', end_date: '2023-07-01' },
  tenants: [bill],
  notifications: true,
  existing_tenancy: false,
  managing_party_name: null,
  property_reference: null,
  branch_id: null,
  provider_quote_id: null,
  source: { enquiry_id: '123', lead_source: null, original_source_agent: null, is_homebuyer: null },
  ...different,
})
async function create(different: Partial<LeadDraft> = {}) {
  const { upstream, client } = connect(fixture('homebox', 'leads.create.ok'))
  const lead = await operations['leads.create'](client, draft(different))
  return { lead, request: upstream.requests[0], body: upstream.requests[0]?.body }
}

describe('leads.create at Homebox', () => {
  it('sends dates, people and house in its words, and nothing that has no value', async () => {
    const { request } = await create()
    expect(request).toEqual({
      method: 'POST',
      path: '/api/partner/lead',
      params: {},
      headers,
      body: {
        kind: 'json',
        value: {
          tenancy_start: '01/07/22',
          tenancy_end: '01/07/23',
          notifications: true,
          existing_tenancy: false,
          address: {
            line1: '5 Media Exchange',
            line2: 'Coquet Street',
            city: 'Newcastle upon Tyne',
            county: 'Tyne and Wear',
            postcode: 'NE12QB',
          },
          tenants: [
            {
              first_name: 'Bill',
              last_name: 'Appleseed',
              phone_number: '+441234567890',
              email_address: 'bill.appleseed@example.com',
            },
          ],
        },
      },
    })
  })

  it('sends the postcode with an address id, and all that was given', async () => {
    const { body } = await create({
      address: { ...mediaExchange, address_id: 'VglSD9KF3EKcNz_RRXPVV' },
      existing_tenancy: true,
      managing_party_name: "Tom's Letting Agent",
      property_reference: 't0013981',
    })
    expect(body).toMatchObject({
      value: {
        address: { address_id: 'VglSD9KF3EKcNz_RRXPVV', postcode: 'NE12QB' },
        existing_tenancy: true,
        managing_party_name: "Tom's Letting Agent",
        property_reference: 't0013981',
      },
    })
  })

  it('goes to the branch endpoint on behalf of a branch', async () => {
    const { request } = await create({ branch_id: '30' })
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/partner/child/{child_id}/lead',
      params: { child_id: '30' },
    })
  })

  it.each([null, { ...mediaExchange, line_1: null }])(
    'leaves out an address that is not complete when nobody is notified',
    async address => {
      const { body } = await create({ notifications: false, address })
      expect(body).toMatchObject({ value: { notifications: false } })
      expect(body).not.toMatchObject({ value: { address: expect.anything() } })
    },
  )

  it.each([
    [{ address: null }, ['/address']],
    [{ address: { ...mediaExchange, line_1: null, city: null } }, ['/address/line_1', '/address/city']],
    [{ address: { ...mediaExchange, address_id: 'x', postcode: null } }, ['/address/postcode']],
    [{ tenancy: { start_date: '2022-07-01', end_date: null } }, ['/tenancy/end_date']],
    [{ tenancy: { start_date: null, end_date: '2070-01-01' } }, ['/tenancy/start_date', '/tenancy/end_date']],
  ])('is not sent when Homebox cannot be told it: %#', async (different, pointers) => {
    await expect(create(different)).rejects.toMatchObject({
      facts: {
        code: 'validation_failed',
        outcome: 'not_sent',
        operation: 'leads.create',
        fields: pointers.map(pointer => ({ pointer })),
      },
    })
  })

  it('reads every id from its own place', async () => {
    const { lead } = await create()
    expect(lead).toEqual({
      id: '11',
      tenancy: { start_date: '2022-07-01', end_date: '2023-07-01' },
      property: {
        id: '13',
        address: {
          line_1: '123 Test Lane',
          line_2: null,
          city: 'London',
          county: 'Greater London',
          postcode: 'EC1V 2NX',
        },
      },
      property_reference: null,
      tenants: [{ id: '14', email: 'bill.appleseed@example.com', phone: '+441234567890' }],
      completed_at: null,
      created_at: '2020-04-23T18:04:07.000Z',
    })
  })

  it('needs no more of the answer than the id', async () => {
    const { client } = connect({ data: { id: 11, tenants: 'soon', created_at: 'now', property: [] } })
    expect(await operations['leads.create'](client, draft())).toMatchObject({ id: '11', tenants: [] })
  })

  it.each([{}, { data: {} }, { message: 'ok' }])('does not take %j for a lead', async answer => {
    const { client } = connect(answer)
    await expect(operations['leads.create'](client, draft())).rejects.toMatchObject({
      facts: { code: 'provider_error', outcome: 'unknown' },
    })
  })
})

describe('reading leads at Homebox', () => {
  it('gets one by its id', async () => {
    const { upstream, client } = connect(fixture('homebox', 'leads.create.ok'))
    const lead = await operations['leads.get'](client, { lead_id: '11', branch_id: null })
    expect(lead.id).toBe('11')
    expect(upstream.requests).toEqual([
      { method: 'GET', path: '/api/partner/lead/{lead_id}', params: { lead_id: '11' }, headers },
    ])
  })

  it('gets one of a branch', async () => {
    const { upstream, client } = connect(fixture('homebox', 'leads.create.ok'))
    await operations['leads.get'](client, { lead_id: '11', branch_id: '30' })
    expect(upstream.requests[0]).toMatchObject({
      path: '/api/partner/child/{child_id}/lead/{lead_id}',
      params: { child_id: '30', lead_id: '11' },
    })
  })

  it('lists them page by page', async () => {
    const { upstream, client } = connect(fixture('homebox', 'leads.list.ok'))
    const page = await operations['leads.list'](client, { page: 1, branch_id: null })
    expect(page).toMatchObject({ items: [{ id: '11' }], pages: 1, total: 1 })
    expect(upstream.requests).toEqual([
      { method: 'GET', path: '/api/partner/lead', params: {}, query: { page: '1' }, headers },
    ])
  })
})

describe('looking for a lead whose answer was lost', () => {
  const traces = (different: Partial<LeadTraces> = {}): LeadTraces => ({
    postcode: 'EC1V 2NX',
    tenancy: { start_date: '2022-07-01', end_date: '2023-07-01' },
    tenants: [{ email: 'Bill.Appleseed@example.com', phone: '+447700900000' }],
    created_after: '2020-04-23T18:04:07.900Z',
    branch_id: null,
    ...different,
  })
  async function scan(different: Partial<LeadTraces> = {}) {
    const { client } = connect(fixture('homebox', 'leads.list.ok'))
    return (await operations['leads.scan'](client, traces(different))).map(lead => lead.id)
  }

  it('finds it by dates, people and postcode, created in the very second of the attempt', async () => {
    expect(await scan()).toEqual(['11'])
  })

  it.each([
    { created_after: '2020-04-23T18:04:08.000Z' },
    { postcode: 'NE1 2QB' },
    { tenancy: { start_date: '2022-07-01', end_date: '2023-06-30' } },
    { tenancy: { start_date: '2022-06-30', end_date: '2023-07-01' } },
    { tenants: [{ email: 'other@example.com', phone: '+447700900000' }] },
    { tenants: [] },
  ])('does not take another for it: %j', async different => {
    expect(await scan(different)).toEqual([])
  })

  it('finds it without a postcode to compare as well', async () => {
    expect(await scan({ postcode: null })).toEqual(['11'])
  })

  it('reads all pages', async () => {
    const page = (id: number) => ({
      data: [{ id, tenancy_start: '2022-07-01', tenancy_end: '2023-07-01', tenants: [] }],
      meta: { last_page: 2 },
    })
    const { upstream, client } = connect(page(1), page(2))
    const found = await operations['leads.scan'](client, traces({ tenants: [], branch_id: '30' }))
    expect(found.map(lead => lead.id)).toEqual(['1', '2'])
    expect(upstream.requests.map(request => [request.path, request.query])).toEqual([
      ['/api/partner/child/{child_id}/lead', { page: '1' }],
      ['/api/partner/child/{child_id}/lead', { page: '2' }],
    ])
  })
})
