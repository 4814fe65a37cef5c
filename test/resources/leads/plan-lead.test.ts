import { describe, expect, test } from 'vitest'
import type { Connection } from '#providers/call-context'
import { inOurRequest } from '#resources/leads/our-pointers'
import { planLead } from '#resources/leads/plan-lead'
import type { WantedLead } from '#resources/leads/prepare-lead'

const connectionTo = (provider: Connection['provider']): Connection => ({
  id: `connection-${provider}`,
  provider,
  mode: 'test',
  baseUrl: 'http://127.0.0.1:9',
  credentials: {},
  fingerprint: provider,
  source: 'simulator',
})
const connections = [connectionTo('homebox'), connectionTo('one_utility_bill')]
const people = ['Ann', 'Bea', 'Cy'].map(first_name => ({
  first_name,
  last_name: 'Smith',
  email: `${first_name}@example.com`,
  phone: '+447700900123',
}))
const wanted: WantedLead = {
  quote_id: null,
  offer_id: null,
  offer: null,
  tenancy: { start_date: '2027-09-01', end_date: null },
  resolved: null,
  tenants: people,
  branch: null,
  notifications: true,
  existing_tenancy: false,
  managing_party_name: null,
  property_reference: null,
  source: { enquiry_id: null, lead_source: null, original_source_agent: null, is_homebuyer: null },
  metadata: { own: 'not told' },
}
const plan = (changes: Partial<WantedLead> = {}) => planLead({ ...wanted, ...changes }, connections)

describe('planLead', () => {
  test('tells Homebox of all tenants at once, and One Utility Bill of each by themselves', () => {
    const told = plan().map(({ connection, draft, firstTenant, isAboutOne }) => [
      connection.provider,
      draft.tenants.map(tenant => tenant.first_name),
      firstTenant,
      isAboutOne,
    ])
    expect(told).toEqual([
      ['homebox', ['Ann', 'Bea', 'Cy'], 0, false],
      ['one_utility_bill', ['Ann'], 0, true],
      ['one_utility_bill', ['Bea'], 1, true],
      ['one_utility_bill', ['Cy'], 2, true],
    ])
  })

  test('tells a quote only to the connection that gave it', () => {
    const offer = { connectionId: 'connection-one_utility_bill', providerQuoteId: 'q-1' }
    const quotes = plan({ offer }).map(({ draft }) => draft.provider_quote_id)
    expect(quotes).toEqual([null, 'q-1', 'q-1', 'q-1'])
    const gone = plan({ offer: { ...offer, connectionId: 'connection-of-before' } })
    expect(gone.map(({ draft }) => draft.provider_quote_id)).toEqual([null, null, null, null])
  })

  test('tells a branch only to the provider that knows it', () => {
    const branch = { uuid: 'branch', provider: 'homebox' as const, providerId: '41' }
    expect(plan({ branch }).map(({ draft }) => draft.branch_id)).toEqual(['41', null, null, null])
  })

  test('tells nobody the caller’s own metadata', () => {
    expect(JSON.stringify(plan().map(({ draft }) => draft))).not.toContain('not told')
  })
})

describe('inOurRequest', () => {
  test.each([
    ['/tenants/0/first_name', 2, '/tenants/2/first_name'],
    ['/tenants/1/email', 0, '/tenants/1/email'],
    ['/tenants/0', 11, '/tenants/11'],
    ['/provider_quote_id', 0, '/offer_id'],
    ['/address/postcode', 3, '/address/postcode'],
    ['', 3, ''],
  ])('reads %s of the lead that begins with tenant %i as %s', (pointer, firstTenant, expected) => {
    const failure = {
      code: 'validation_failed',
      message: '',
      retryable: false,
      provider_status: null,
      provider_message: null,
      provider_request_id: null,
      errors: [{ pointer, code: 'required', message: '' }],
      candidates: [],
    }
    expect(inOurRequest(failure, firstTenant).errors).toEqual([
      { pointer: expected, code: 'required', message: '' },
    ])
  })
})
