import { describe, expect, it } from 'vitest'
import { housr } from '#providers/housr/index'
import type { OrderDraft } from '#providers/port/orders'
import { fixture } from '#test/fixture'
import { billsPackage, orderAddress, tenantPackage } from '#test/order-drafts'
import { recordingUpstream } from '#test/recording-upstream'

async function create(draft: OrderDraft = billsPackage(), answer = fixture('housr', 'orders.create.ok')) {
  const upstream = recordingUpstream(answer)
  const client = housr.connect({ api_key: 'key-1' }, upstream)
  const receipt = await housr.operations['orders.create'](client, draft)
  return { receipt, request: upstream.requests[0], body: upstream.requests[0]?.body }
}

describe('orders.create at Housr', () => {
  it('sends one tenant, one line of address, and words for booleans', async () => {
    const { request } = await create()
    expect(request).toEqual({
      method: 'POST',
      path: '/api/external/createBillsPackage.php',
      headers: { 'x-api-key': 'key-1' },
      body: {
        kind: 'json',
        value: {
          firstName: 'Jane',
          lastName: 'Doe',
          birthday: '1995-04-21',
          email: 'jane.doe@example.com',
          contactNo: '+441234567890',
          address: '5 Media Exchange, Coquet Street, Newcastle upon Tyne, Tyne and Wear, NE1 2QB',
          broadband: '400mbps',
          numberOfTenants: 5,
          startDate: '2026-09-01',
          endDate: '2027-08-31',
          selectedServices: { gas: 'true', electricity: 'true', water: 'true', tv: 'false', wifi: 'true' },
        },
      },
    })
  })

  it.each([
    [['electricity'], { electricity: 'true' }],
    [['gas'], { gas: 'true' }],
    [['tv_licence'], { tv: 'true' }],
    [['tv'], { tv: 'true' }],
    [['water'], { water: 'true' }],
  ] as const)('sets for %j only its own key, and broadband to none', async (services, chosen) => {
    const { body } = await create(billsPackage({ services, broadband: 'Fibre' }))
    const none = { gas: 'false', electricity: 'false', water: 'false', tv: 'false', wifi: 'false' }
    expect(body).toMatchObject({ value: { broadband: 'none', selectedServices: { ...none, ...chosen } } })
  })

  it('sends back the very words of an address that Housr offered', async () => {
    const label = '61 Bury Old Road Ainsworth, Bolton, BL2 5SD'
    const { body } = await create(billsPackage({ address: { ...orderAddress, label } }))
    expect(body).toMatchObject({ value: { address: label } })
  })

  it('leaves out the parts of the address that are not known', async () => {
    const address = { ...orderAddress, line_2: null, county: null }
    const { body } = await create(billsPackage({ address }))
    expect(body).toMatchObject({ value: { address: '5 Media Exchange, Newcastle upon Tyne, NE1 2QB' } })
  })

  it('answers the ids and not the sentence about the password', async () => {
    const { receipt } = await create()
    expect(receipt).toEqual({
      order_id: '2022051',
      property_id: null,
      tenancy_id: null,
      tenant_id: '1000057',
    })
  })

  it.each([
    [{ broadband: null }, '/broadband'],
    [{ services: ['water', 'council_tax'] }, '/services/1'],
    [{ tenants: [{ ...billsPackage().tenants[0], date_of_birth: null }] }, '/tenants/0/date_of_birth'],
  ] as const)('is not sent when Housr cannot be told it: %#', async (different, pointer) => {
    await expect(create(billsPackage(different))).rejects.toMatchObject({
      facts: {
        provider: 'housr',
        code: 'validation_failed',
        outcome: 'not_sent',
        fields: [{ pointer }],
      },
    })
  })

  it("does not make another provider's package", async () => {
    await expect(create(tenantPackage())).rejects.toMatchObject({
      facts: { provider: 'housr', code: 'capability_not_supported', outcome: 'not_sent' },
    })
  })

  it.each([
    { status: 'success', data: { tenantId: 1 } },
    { status: 'error', message: 'no', data: { houseContractId: 1, tenantId: 2 } },
    {},
  ])('is of unknown outcome after %j', async answer => {
    await expect(create(billsPackage(), answer)).rejects.toMatchObject({ facts: { outcome: 'unknown' } })
  })
})
