import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import { voidPeriod } from '#test/conformance-portfolio'
import { fixture } from '#test/fixture'
import { mediaExchange } from '#test/port-household'
import { recordingUpstream, refusal } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(answer: unknown) {
  const upstream = recordingUpstream(answer)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}
const at = { property_id: '7', tenancy_id: '71' }
const changes = { start_date: '2021-07-23', end_date: '2021-07-24' }
const path = '/api/partner/property/{property_id}/tenancy/{tenancy_id}'

describe('a tenancy at Homebox', () => {
  it('is read with its house and who answers for it', async () => {
    const { upstream, client } = connect(fixture('homebox', 'tenancies.get.ok'))
    expect(await operations['tenancies.get'](client, at)).toMatchObject({
      id: '71',
      property_id: '7',
      type: 'void_period',
      provider_type: 'Void Period',
      start_date: '2021-12-20',
      end_date: '2022-12-20',
      property_empty: true,
      responsible_tenant: { first_name: '...', last_name: '...', email: '...', phone: '...' },
      responsible_address: { line_1: '123 Test Lane', line_2: null, city: 'London', county: null },
      property: { id: '73', status: 'unknown', mpan: '...' },
    })
    expect(upstream.requests).toEqual([{ method: 'GET', path, params: at, headers }])
  })

  it.each([
    ['Tenant Bills Package', 'tenant_package'],
    ['Bills Included Package', 'partner_package'],
    ['New Tenancy', 'new_tenancy'],
    ['Something Else', 'other'],
    [null, null],
  ])('of the type %s is %s', async (tenancy_type, type) => {
    const { client } = connect({ data: { id: 71, tenancy_type } })
    const found = await operations['tenancies.get'](client, at)
    expect([found.type, found.provider_type]).toEqual([type, tenancy_type])
  })

  it('is given both dates by PATCH, whatever the answer', async () => {
    const { upstream, client } = connect(undefined)
    await operations['tenancies.update'](client, { ...at, changes })
    const body = { kind: 'json', value: { tenancy_start: '23/07/21', tenancy_end: '24/07/21' } }
    expect(upstream.requests).toEqual([{ method: 'PATCH', path, params: at, headers, body }])
  })

  it('is not given a date that two digits of year cannot tell', async () => {
    const { upstream, client } = connect(null)
    const late = { ...at, changes: { ...changes, end_date: '2070-01-01' } }
    await expect(operations['tenancies.update'](client, late)).rejects.toMatchObject({
      facts: { outcome: 'not_sent', fields: [{ pointer: '/end_date', code: 'out_of_range' }] },
    })
    expect(upstream.requests).toEqual([])
  })

  it('names a refused date as the change does', async () => {
    const fields = [{ pointer: '/tenancy/end_date', code: 'rejected', message: 'too late' }]
    const { client } = connect(refusal({ fields }))
    await expect(operations['tenancies.update'](client, { ...at, changes })).rejects.toMatchObject({
      facts: { fields: [{ pointer: '/end_date' }] },
    })
  })
})

describe('a void at Homebox', () => {
  it('is sent as documented, the e-mail of the forwarding details misspelt', async () => {
    const { upstream, client } = connect(fixture('homebox', 'voids.create.ok'))
    const created = await operations['voids.create'](client, voidPeriod('7'))
    const lines = {
      line1: '123 Test',
      line2: 'Example Road',
      city: 'London',
      county: 'Greater London',
      postcode: 'BN108UE',
    }
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/void',
        params: {},
        headers,
        body: {
          kind: 'json',
          value: {
            property_id: 7,
            tenancy_start: '01/07/22',
            tenancy_end: '15/07/22',
            is_premium: true,
            property_empty: true,
            notifications: true,
            responsible_tenant: {
              first_name: 'John',
              last_name: 'Doe',
              phone_number: '+441234567891',
              email_address: 'john.doe@example.test',
            },
            responsible_address: lines,
            forwarding_details: {
              name: 'Jane Doe',
              phone_number: '+441234567892',
              email_adress: 'jane.doe@example.test',
              ...lines,
            },
            property_reference: 't0013981',
          },
        },
      },
    ])
    expect(created).toMatchObject({ id: '81', property_id: '7', type: 'void_period', property: { id: '83' } })
  })

  it('names the house by its address, and leaves out what is absent', async () => {
    const { upstream, client } = connect(fixture('homebox', 'voids.create.ok'))
    const absent = { forwarding: null, property_reference: null, premium: false, notifications: false }
    const tenancy = { start_date: '2022-07-01', end_date: null }
    const address = { ...mediaExchange, address_id: 'VglSD9KF3EKcNz_RRXPVV' }
    await operations['voids.create'](client, { ...voidPeriod(null), ...absent, address, tenancy })
    const [request] = upstream.requests
    const sent = request?.body?.kind === 'json' ? Object(request.body.value) : {}
    expect(sent.address).toEqual({ address_id: 'VglSD9KF3EKcNz_RRXPVV' })
    expect(Object.keys(sent).toSorted()).toEqual([
      'address',
      'is_premium',
      'notifications',
      'property_empty',
      'responsible_address',
      'responsible_tenant',
      'tenancy_start',
    ])
  })

  it('of a branch is sent to its endpoint', async () => {
    const { upstream, client } = connect(fixture('homebox', 'voids.create.ok'))
    await operations['voids.create'](client, { ...voidPeriod('7'), branch_id: '30' })
    expect(upstream.requests[0]).toMatchObject({
      path: '/api/partner/child/{child_id}/void',
      params: { child_id: '30' },
    })
  })

  it('needs to name who answers for it', async () => {
    const { client } = connect(null)
    const nobody = { ...voidPeriod('7'), responsible_tenant: null, responsible_address: null }
    await expect(operations['voids.create'](client, nobody)).rejects.toMatchObject({
      facts: { fields: [{ pointer: '/responsible_tenant' }, { pointer: '/responsible_address' }] },
    })
  })
})
