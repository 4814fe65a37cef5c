import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import type { TenantDraft } from '#providers/port/tenants'
import { fixture } from '#test/fixture'
import { recordingUpstream } from '#test/recording-upstream'

const { operations } = homebox
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
function connect(...answers: readonly unknown[]) {
  const upstream = recordingUpstream(...answers)
  return { upstream, client: homebox.connect({ token: 'sandbox-token' }, upstream) }
}

const jane = (different: Partial<TenantDraft> = {}): TenantDraft => ({
  first_name: 'Jane',
  last_name: 'Smith',
  email: 'jane.smith917@example.com',
  phone: '+441234567890',
  date_of_birth: '2000-01-02',
  nationality: 'GB',
  bank_account: { account_name: 'Jane Smith', account_number: '12345678', sort_code: '000000' },
  billing_address: {
    line_1: 'Flat 1',
    line_2: 'New Road',
    city: 'London',
    county: 'Greater London',
    postcode: 'NR3 2AG',
  },
  ...different,
})
const added = { data: ['Tenant was successfully added to order 1'] }

describe('tenants.create at Homebox', () => {
  it('posts the whole bill payer to the path of the request line', async () => {
    const { upstream, client } = connect(added)
    await operations['tenants.create'](client, { order_id: '31', tenant: jane() })
    expect(upstream.requests).toEqual([
      {
        method: 'POST',
        path: '/api/partner/order/{order_id}/tenant',
        params: { order_id: '31' },
        headers,
        body: {
          kind: 'json',
          value: {
            account_name: 'Jane Smith',
            account_number: '12345678',
            billing_address: {
              line1: 'Flat 1',
              line2: 'New Road',
              city: 'London',
              county: 'Greater London',
              postcode: 'NR32AG',
            },
            birthday: '02/01/2000',
            email: 'jane.smith917@example.com',
            first_name: 'Jane',
            last_name: 'Smith',
            nationality: 'GB',
            phone_number: '+441234567890',
            sort_code: '000000',
          },
        },
      },
    ])
  })

  it('is not sent without what Homebox needs to know of a person', async () => {
    const { upstream, client } = connect(added)
    const tenant = jane({ date_of_birth: null, nationality: null, billing_address: null })
    await expect(operations['tenants.create'](client, { order_id: '31', tenant })).rejects.toMatchObject({
      facts: {
        code: 'validation_failed',
        outcome: 'not_sent',
        fields: [{ pointer: '/date_of_birth' }, { pointer: '/nationality' }, { pointer: '/billing_address' }],
      },
    })
    expect(upstream.requests).toEqual([])
  })

  it.each([{}, { data: [] }, { message: 'Something went wrong' }])(
    'is of unknown outcome after %j',
    async answer => {
      const { client } = connect(answer)
      const call = operations['tenants.create'](client, { order_id: '31', tenant: jane() })
      await expect(call).rejects.toMatchObject({ facts: { outcome: 'unknown' } })
    },
  )
})

describe('bill payers at Homebox', () => {
  it('are listed with birthdays as dates', async () => {
    const { upstream, client } = connect(fixture('homebox', 'tenants.list.ok'))
    const tenants = await operations['tenants.list'](client, { order_id: '31' })
    expect(upstream.requests).toEqual([
      { method: 'GET', path: '/api/partner/order/{order_id}/tenant', params: { order_id: '31' }, headers },
    ])
    expect(tenants).toHaveLength(2)
    expect(tenants[0]).toEqual({
      id: '51',
      first_name: 'John',
      last_name: 'Appleseed',
      email: 'john.appleseed@example.com',
      phone: '+441234567890',
      date_of_birth: '1996-01-15',
      nationality: 'GB',
    })
  })

  it('are changed in the given fields only', async () => {
    const { upstream, client } = connect(fixture('homebox', 'tenants.update.ok'))
    const at = { order_id: '31', tenant_id: '51' }
    const changes = { phone: '+447700900123', date_of_birth: '2000-01-01' }
    const tenant = await operations['tenants.update'](client, { ...at, changes })
    expect(upstream.requests).toEqual([
      {
        method: 'PATCH',
        path: '/api/partner/order/{order_id}/tenant/{tenant_id}',
        params: at,
        headers,
        body: { kind: 'json', value: { phone_number: '+447700900123', birthday: '01/01/2000' } },
      },
    ])
    expect(tenant).toMatchObject({ id: '51', date_of_birth: '2000-01-01' })
  })

  it('are changed in any field that may change', async () => {
    const { upstream, client } = connect(fixture('homebox', 'tenants.update.ok'))
    const changes = { first_name: 'Jane', last_name: 'Smith', email: 'j@example.com', nationality: 'IE' }
    await operations['tenants.update'](client, { order_id: '31', tenant_id: '51', changes })
    expect(upstream.requests[0]?.body).toEqual({ kind: 'json', value: changes })
  })

  it.each([{ message: 'Tenant has been removed' }, undefined])('are removed, told by %j', async answer => {
    const { upstream, client } = connect(answer)
    await operations['tenants.delete'](client, { order_id: '31', tenant_id: '51' })
    expect(upstream.requests).toEqual([
      {
        method: 'DELETE',
        path: '/api/partner/order/{order_id}/tenant/{tenant_id}',
        params: { order_id: '31', tenant_id: '51' },
        headers,
      },
    ])
  })
})
