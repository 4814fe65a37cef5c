import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { homeboxOffer, invitee, payer } from '#test/orders'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

const direct = (changes: Record<string, unknown>) => {
  const { address, occupants, household_type, tenancy } = household()
  return {
    provider: 'homebox',
    product: 'tenant_package',
    package_id: '1',
    address,
    occupants,
    household_type,
    tenancy,
    ...changes,
  }
}
const housr = (changes: Record<string, unknown>) =>
  direct({
    provider: 'housr',
    product: 'tenant_package',
    package_id: null,
    services: ['gas', 'electricity'],
    tenants: [{ ...invitee(), date_of_birth: '2000-01-01' }],
    ...changes,
  })
const partner = (changes: Record<string, unknown>) => {
  const { bank_account, billing_address } = payer()
  return direct({
    product: 'partner_package',
    package_id: null,
    bills: [{ id: '1' }],
    payer: { bank_account, billing_address },
    ...changes,
  })
}

const movedInLater = { start_date: '2027-09-01', end_date: '2028-08-31', move_in_date: '2027-09-02' }

describe('an order that cannot be right is refused with a pointer, and nothing is stored', () => {
  test.each([
    ['more payers than occupants', direct({ bill_payers: 5 }), '/bill_payers'],
    ['more tenants than payers', direct({ bill_payers: 1, tenants: [invitee(), payer()] }), '/tenants'],
    ['no package', direct({ package_id: null }), '/package_id'],
    ['no end date', direct({ tenancy: { start_date: '2027-09-01', end_date: null } }), '/tenancy/end_date'],
    [
      'end before start',
      direct({ tenancy: { start_date: '2027-09-01', end_date: '2027-08-31' } }),
      '/tenancy/end_date',
    ],
    [
      'an end after 2069',
      direct({ tenancy: { start_date: '2027-09-01', end_date: '2070-01-01' } }),
      '/tenancy/end_date',
    ],
    [
      'a sort code of five digits',
      direct({
        tenants: [
          payer({ bank_account: { account_name: 'Jane', account_number: '12345678', sort_code: '12345' } }),
        ],
      }),
      '/tenants/0/bank_account/sort_code',
    ],
    [
      'a payer on a tenant package',
      direct({ payer: { bank_account: payer().bank_account, billing_address: payer().billing_address } }),
      '/payer',
    ],
    [
      'a bill payer without a birth date',
      direct({ tenants: [payer({ date_of_birth: null })] }),
      '/tenants/0/date_of_birth',
    ],
    [
      'a partner package without payer',
      direct({ product: 'partner_package', bills: [{ id: '1' }] }),
      '/payer',
    ],
    ['services of a tenant package', direct({ services: ['gas'] }), '/services'],
    ['broadband of a tenant package', direct({ broadband: '400mbps' }), '/broadband'],
    ['bills of a tenant package', direct({ bills: [{ id: '1' }] }), '/bills'],
    ['bills of a custom package', direct({ product: 'custom_package', bills: [{ id: '1' }] }), '/bills'],
    ['services of a partner package', direct({ product: 'partner_package', services: ['gas'] }), '/services'],
    ['a package at Housr', housr({ package_id: '1' }), '/package_id'],
    ['bills at Housr', housr({ bills: [{ id: '1' }] }), '/bills'],
    ['add-ons at Housr', housr({ add_ons: ['1'] }), '/add_ons'],
    ['fewer payers than occupants at Housr', housr({ bill_payers: 1 }), '/bill_payers'],
    ['moving in later at Housr', housr({ tenancy: movedInLater }), '/tenancy/move_in_date'],
    ['a package of a partner package', partner({ package_id: '1' }), '/package_id'],
    ['fewer payers than occupants of a partner package', partner({ bill_payers: 1 }), '/bill_payers'],
    ['moving in later with a partner package', partner({ tenancy: movedInLater }), '/tenancy/move_in_date'],
    [
      'an add-on of a partner package that is none of its bills',
      partner({ add_ons: ['1', '2'] }),
      '/add_ons/1',
    ],
    [
      'a tenant who is named twice',
      direct({
        tenants: [
          invitee(),
          payer(),
          invitee({ first_name: 'JOHN', email: 'John.Appleseed@example.com', phone: '+447700900456' }),
        ],
      }),
      '/tenants/2',
    ],
    [
      'a tenant who is not born yet',
      direct({ tenants: [payer(), payer({ first_name: 'Joe', date_of_birth: '2026-11-21' })] }),
      '/tenants/1/date_of_birth',
    ],
    ['a package id that is no number', direct({ package_id: 'gold' }), '/package_id'],
    ['no tenants at Housr', housr({ tenants: [] }), '/tenants'],
    ['bank details at Housr', housr({ tenants: [payer()] }), '/tenants/0/bank_account'],
    ['no birth date at Housr', housr({ tenants: [invitee()] }), '/tenants/0/date_of_birth'],
    ['an unknown branch', direct({ branch_id: 'branch_01kb2z6x9ve8vs2m0g5a7d3c1r' }), '/branch_id'],
    ['an unknown offer', { offer_id: 'offer_01kb2z6x9ve8vs2m0g5a7d3c1r' }, '/offer_id'],
    ['neither offer nor product', { provider: 'homebox' }, '/offer_id'],
    ['a product that the provider lacks', direct({ product: 'bills_package' }), '/product'],
  ])('%s', async (_name, body, pointer) => {
    const { status, body: problem } = await gateway.api('POST /v1/orders', { body })
    expect([status, problem.code]).toEqual([422, 'validation_failed'])
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
    expect((await gateway.api('GET /v1/orders')).body.data).toEqual([])
  })

  test.each([
    ['one_utility_bill', 'capability_not_supported'],
    ['mybeezbox', 'capability_not_supported'],
  ])('%s takes no orders', async (provider, code) => {
    const { status, body } = await gateway.api('POST /v1/orders', { body: direct({ provider }) })
    expect(status).toBe(422)
    expect(body).toMatchObject({ code, supported_by: ['homebox', 'housr'] })
  })

  test('tenants who share an e-mail address and a phone are two where their names differ', async () => {
    const { status } = await gateway.api('POST /v1/orders?preview=true', {
      body: direct({ tenants: [invitee(), invitee({ first_name: 'Joan' })] }),
    })
    expect(status).toBe(200)
  })

  test('an offer of a provider without orders', async () => {
    const { body: quote } = await gateway.api('POST /v1/quotes', {
      body: household({ providers: ['one_utility_bill'] }),
    })
    const { body } = await gateway.api('POST /v1/orders', { body: { offer_id: quote.offers[0].id } })
    expect([body.code, quote.offers[0].orderable]).toEqual(['capability_not_supported', false])
  })

  test('a household that differs from what was priced', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    const { body } = await gateway.api('POST /v1/orders', { body: { offer_id, occupants: 3 } })
    expect(body.errors).toMatchObject([{ pointer: '/occupants', code: 'differs_from_quote' }])
  })

  test('an expired offer', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    now = new Date(now.getTime() + 8 * 86_400_000)
    const { status, body } = await gateway.api('POST /v1/orders', { body: { offer_id } })
    expect([status, body.code]).toEqual([409, 'state_conflict'])
  })
})
