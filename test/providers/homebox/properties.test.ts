import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { fixture } from '#test/fixture'
import { mediaExchange } from '#test/port-household'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}
const draft = { address: mediaExchange, property_reference: null, branch_id: null }
const noMeters = {
  electricity: {
    serial: null,
    type: null,
    profile_class: null,
    economy_7: null,
    energisation: null,
    gsp: null,
    top_line: null,
  },
  gas: { serial: null },
}

describe('creating a property at Homebox', () => {
  it('sends the complete address, and the reference where there is one', async () => {
    const { upstream, client } = connect(fixture('homebox', 'properties.create.ok'))
    const created = await operations['properties.create'](client, { ...draft, property_reference: 'P-9' })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/property',
        params: {},
        headers,
        body: {
          kind: 'json',
          value: {
            address: {
              line1: '5 Media Exchange',
              line2: 'Coquet Street',
              city: 'Newcastle upon Tyne',
              county: 'Tyne and Wear',
              postcode: 'NE12QB',
            },
            property_reference: 'P-9',
          },
        },
      },
    ])
    expect(created).toEqual({
      id: '7',
      address: {
        line_1: '123 Test Lane',
        line_2: null,
        city: 'London',
        county: 'Greater London',
        postcode: 'EC1V 2NX',
      },
      address_id: null,
      status: 'pending',
      provider_status: 'New Tenancy',
      mpan: null,
      mprn: null,
      uprn: null,
      meters: noMeters,
      property_reference: null,
    })
  })

  it('names the house by its id where Homebox gave one, for a branch at its own endpoint', async () => {
    const { upstream, client } = connect(fixture('homebox', 'properties.create.branch'))
    const address = { ...mediaExchange, address_id: 'VglSD9KF3EKcNz_RRXPVV' }
    const created = await operations['properties.create'](client, { ...draft, address, branch_id: '30' })
    expect(upstream.requests[0]).toMatchObject({
      path: '/api/partner/child/{child_id}/property',
      params: { child_id: '30' },
      body: { value: { address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' } } },
    })
    expect(created).toMatchObject({ id: '8', address_id: 'UN5Iu2KV9zOVJbacTYozt' })
  })

  it('asks for the lines that Homebox needs', async () => {
    const { upstream, client } = connect(null)
    const address = { ...mediaExchange, line_1: null, city: null }
    const call = operations['properties.create'](client, { ...draft, address })
    await expect(call).rejects.toMatchObject({
      facts: { outcome: 'not_sent', fields: [{ pointer: '/address/line_1' }, { pointer: '/address/city' }] },
    })
    expect(upstream.requests).toEqual([])
  })
})

describe('reading properties at Homebox', () => {
  it('carries MPAN and meters in our names', async () => {
    const { upstream, client } = connect(fixture('homebox', 'properties.get.ok'))
    expect(await operations['properties.get'](client, { property_id: '772' })).toMatchObject({
      id: '772',
      address_id: 'o8dsMjMQAb2qOvVGfB66a',
      status: 'unknown',
      provider_status: 'Unknown',
      mpan: '1900000000001',
      meters: {
        electricity: {
          serial: 'E11Z106041',
          type: 'RCAMY',
          profile_class: '04',
          economy_7: true,
          energisation: 'E',
          gsp: '_J',
          top_line: '040000000001E20180314',
        },
        gas: { serial: null },
      },
    })
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/property/{property_id}',
        params: { property_id: '772' },
        headers,
      },
    ])
  })

  it('filters by status in base64 and by words, and takes one object for a list', async () => {
    const { upstream, client } = connect(fixture('homebox', 'properties.list.ok'))
    const page = await operations['properties.list'](client, {
      page: 1,
      status: 'tenant_package',
      q: 'London',
    })
    expect(upstream.requests).toEqual([
      {
        method: 'GET',
        path: '/api/partner/property',
        query: { filter: Buffer.from('{"status":[2]}').toString('base64'), q: 'London', page: '1' },
        headers,
      },
    ])
    expect(page).toMatchObject({ items: [{ id: '9', status: 'tenant_package' }], pages: null, total: null })
  })

  it.each([
    [1, 'pending'],
    [2, 'tenant_package'],
    [3, 'tenants_organising'],
    [4, 'void_period'],
    [5, 'unknown'],
    [6, 'partner_package'],
    [7, 'other'],
    [null, null],
  ])('knows status %s as %s, whatever the word beside it', async (status_id, status) => {
    const { client } = connect({ data: { id: 1, status_id, status: 'New Tenancy' } })
    const found = await operations['properties.get'](client, { property_id: '1' })
    expect([found.status, found.provider_status]).toEqual([status, 'New Tenancy'])
  })
})
