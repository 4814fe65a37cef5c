import { describe, expect, it } from 'vitest'
import { homebox } from '#providers/homebox/index'
import type { OrderDraft } from '#providers/port/orders'
import { fixture } from '#test/fixture'
import { billsPackage, orderAddress, partnerPackage, tenantPackage } from '#test/order-drafts'
import { recordingUpstream, refusal } from '#test/recording-upstream'

async function create(draft: OrderDraft, answer: unknown) {
  const upstream = recordingUpstream(answer)
  const client = homebox.connect({ token: 'sandbox-token' }, upstream)
  const receipt = await homebox.operations['orders.create'](client, draft)
  return { receipt, request: upstream.requests[0], body: upstream.requests[0]?.body }
}
const headers = { accept: 'application/json', authorization: 'Bearer sandbox-token' }
const tenantAnswer = () => fixture('homebox', 'orders.create.tenant')
const partnerAnswer = () => fixture('homebox', 'orders.create.partner')

describe('a tenant package at Homebox', () => {
  it('is ordered with integer ids, short dates and our id as reference', async () => {
    const { request } = await create(tenantPackage(), tenantAnswer())
    expect(request).toEqual({
      method: 'POST',
      path: '/api/partner/order',
      params: {},
      headers,
      body: {
        kind: 'json',
        value: {
          package_id: 2,
          add_ons: [35],
          address: {
            line1: '5 Media Exchange',
            line2: 'Coquet Street',
            city: 'Newcastle upon Tyne',
            county: 'Tyne and Wear',
            postcode: 'NE12QB',
          },
          reference: 'order_01kb2z6x9ve8vs2m0g5a7d3c1r',
          total_occupants: 5,
          bill_payers: 2,
          household_type: 'student',
          tenancy_move_in: '01/09/26',
          tenancy_start: '01/09/26',
          tenancy_end: '31/08/27',
        },
      },
    })
  })

  it('sends all that was given, and the house by its id alone', async () => {
    const { body } = await create(
      tenantPackage({
        product: 'custom_package',
        address: { ...orderAddress, address_id: 'VglSD9KF3EKcNz_RRXPVV' },
        household_type: 'professional',
        tenancy: { start_date: '2026-09-01', end_date: '2027-08-31', move_in_date: '2026-09-03' },
        add_ons: ['54', '55'],
        coupon: 'WELCOME10',
        property_reference: 't0013981',
      }),
      tenantAnswer(),
    )
    expect(body).toMatchObject({
      value: {
        add_ons: [54, 55],
        address: { address_id: 'VglSD9KF3EKcNz_RRXPVV' },
        household_type: 'professional-tenant',
        tenancy_move_in: '03/09/26',
        coupon: 'WELCOME10',
        property_reference: 't0013981',
      },
    })
  })

  it('leaves add-ons out when there are none, and lines empty that are not known', async () => {
    const address = { ...orderAddress, line_2: null, county: null }
    const { body } = await create(tenantPackage({ add_ons: [], address }), tenantAnswer())
    expect(body).not.toMatchObject({ value: { add_ons: expect.anything() } })
    expect(body).toMatchObject({ value: { address: { line2: '', county: '' } } })
  })

  it('gives the ids of order, property and tenancy from their own places', async () => {
    const { receipt } = await create(tenantPackage(), tenantAnswer())
    expect(receipt).toEqual({ order_id: '31', property_id: '32', tenancy_id: '33', tenant_id: null })
  })

  it('goes to the branch endpoint, whose answer names the order alone', async () => {
    const answer = fixture('homebox', 'orders.create.branch')
    const { receipt, request } = await create(tenantPackage({ branch_id: '30' }), answer)
    expect(request).toMatchObject({
      path: '/api/partner/child/{child_id}/order',
      params: { child_id: '30' },
    })
    expect(receipt).toEqual({ order_id: '36', property_id: null, tenancy_id: null, tenant_id: null })
  })

  it.each([
    [{ package_id: 'bronze' }, '/package_id'],
    [{ add_ons: ['35', 'tv'] }, '/add_ons/1'],
    [{ address: { ...orderAddress, city: null } }, '/address/city'],
    [
      { tenancy: { start_date: '2069-09-01', end_date: '2070-08-31', move_in_date: null } },
      '/tenancy/end_date',
    ],
    [
      { tenancy: { start_date: '1969-12-31', end_date: '1970-08-31', move_in_date: null } },
      '/tenancy/start_date',
    ],
  ])('is not sent when Homebox cannot be told it: %#', async (different, pointer) => {
    await expect(create(tenantPackage(different), tenantAnswer())).rejects.toMatchObject({
      facts: { code: 'validation_failed', outcome: 'not_sent', fields: [{ pointer }] },
    })
  })

  it.each([{ data: { property_id: 32 } }, { data: [] }, {}])(
    'is of unknown outcome without an order id: %j',
    async answer => {
      await expect(create(tenantPackage(), answer)).rejects.toMatchObject({ facts: { outcome: 'unknown' } })
    },
  )
})

describe('a partner package at Homebox', () => {
  it('is ordered with bill ids as text, the payer at the top and no reference', async () => {
    const { request } = await create(partnerPackage(), partnerAnswer())
    expect(request).toEqual({
      method: 'POST',
      path: '/api/partner/partner-order',
      headers,
      body: {
        kind: 'json',
        value: {
          bills: [{ id: '1', account_number: 'A-77' }, { id: '8' }],
          tenancy_start: '01/09/26',
          tenancy_end: '31/08/27',
          housemates: 5,
          is_student: true,
          address: {
            line1: '5 Media Exchange',
            line2: 'Coquet Street',
            city: 'Newcastle upon Tyne',
            county: 'Tyne and Wear',
            postcode: 'NE12QB',
          },
          account_name: 'John Johnson',
          account_number: '12345678',
          sort_code: '123456',
          billing_address: {
            line1: 'Flat 1',
            line2: 'New Road',
            city: 'London',
            county: 'Greater London',
            postcode: 'NR32AG',
          },
          tenants: [
            {
              first_name: 'John',
              last_name: 'Johnson',
              phone_number: '+447700900123',
              email_address: 'john@example.com',
            },
          ],
        },
      },
    })
  })

  it('names the payment method in its words where one was chosen', async () => {
    const payer = { ...partnerPackage().payer, payment_method: 'bank_transfer' as const }
    const draft = partnerPackage({ payer, household_type: 'professional', property_reference: 't1' })
    const { body } = await create(draft, partnerAnswer())
    expect(body).toMatchObject({
      value: { payment_method: 'bank-transfer', is_student: false, property_reference: 't1' },
    })
  })

  it('takes the order id from within the tenancy and never from the top', async () => {
    const { receipt } = await create(partnerPackage(), partnerAnswer())
    expect(receipt).toEqual({ order_id: '43', property_id: '7', tenancy_id: '41', tenant_id: null })
  })

  it('is of unknown outcome when the answer names no order', async () => {
    const answer = { data: { id: 41, property_id: 7, tenancy: { id: 42 } } }
    await expect(create(partnerPackage(), answer)).rejects.toMatchObject({ facts: { outcome: 'unknown' } })
  })

  it('is not made for a branch', async () => {
    await expect(create(partnerPackage({ branch_id: '30' }), partnerAnswer())).rejects.toMatchObject({
      facts: { code: 'capability_not_supported', outcome: 'not_sent' },
    })
  })

  it('is not sent with an incomplete billing address', async () => {
    const { payer } = partnerPackage()
    const billing_address = { ...payer.billing_address, line_1: null }
    const draft = partnerPackage({ payer: { ...payer, billing_address } })
    await expect(create(draft, partnerAnswer())).rejects.toMatchObject({
      facts: { fields: [{ pointer: '/payer/billing_address/line_1' }] },
    })
  })

  it('names refused bank details as those of the payer', async () => {
    const fields = ['/bank_account/sort_code', '/billing_address/city', '/tenants/0/email'].map(pointer => ({
      pointer,
      code: 'rejected',
      message: 'is invalid',
    }))
    await expect(create(partnerPackage(), refusal({ status: 422, fields }))).rejects.toMatchObject({
      facts: {
        status: 422,
        fields: [
          { pointer: '/payer/bank_account/sort_code' },
          { pointer: '/payer/billing_address/city' },
          { pointer: '/tenants/0/email' },
        ],
      },
    })
  })
})

describe("another provider's package", () => {
  it('is not made at Homebox', async () => {
    await expect(create(billsPackage(), tenantAnswer())).rejects.toMatchObject({
      facts: { code: 'capability_not_supported', outcome: 'not_sent' },
    })
  })
})
