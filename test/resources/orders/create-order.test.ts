import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { homeboxOffer, invitee, payer } from '#test/orders'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const order = async (body: unknown, headers: Record<string, string> = {}) =>
  gateway.api('POST /v1/orders', { body, headers })

describe('POST /v1/orders from a Homebox offer', () => {
  test('makes the order, adds who gave a bank account, and invites the others', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    const before = gateway.simulators.homebox.effects().length
    const { status, body, headers } = await order({ offer_id, bill_payers: 2, tenants: [payer(), invitee()] })
    expect(status).toBe(201)
    expect(headers['location']).toBe(`/v1/orders/${body.id}`)
    expect(body).toMatchObject({
      status: 'pending',
      provider: 'homebox',
      product: 'tenant_package',
      offer_id,
      occupants: 4,
      bill_payers: 2,
    })
    expect(
      body.steps.map((step: { operation: string; state: string }) => [step.operation, step.state]),
    ).toEqual([
      ['orders.create', 'succeeded'],
      ['tenants.create', 'succeeded'],
      ['invites.create', 'succeeded'],
    ])
    expect(
      gateway.simulators.homebox
        .effects()
        .slice(before)
        .map(effect => effect.operation),
    ).toEqual(['orders.create', 'tenants.create', 'invites.create'])
  })

  test('tells Homebox exactly what it documents, with our id as reference', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    const { body } = await order({ offer_id, bill_payers: 2, add_ons: ['35'], reference: 'MINE-1' })
    expect(gateway.simulators.homebox.effects('orders.create').at(-1)?.body).toEqual({
      package_id: 1,
      add_ons: [35],
      address: {
        line1: '5 Media Exchange',
        line2: 'Coquet Street',
        city: 'Newcastle upon Tyne',
        county: 'Tyne and Wear',
        postcode: 'NE12QB',
      },
      reference: body.id,
      total_occupants: 4,
      bill_payers: 2,
      household_type: 'student',
      tenancy_start: '01/09/27',
      tenancy_end: '31/08/28',
      tenancy_move_in: '01/09/27',
    })
    expect(body).toMatchObject({ reference: 'MINE-1', package_id: '1', add_ons: ['35'] })
  })

  test('shares the offer’s price among those who pay', async () => {
    const offer_id = await homeboxOffer(gateway.api)
    const { price } = (await order({ offer_id, bill_payers: 2 })).body
    expect(price.per_bill_payer_per_month.amount * 2).toBe(price.per_month.amount)
    expect(price.derived).toContain('per_bill_payer_per_month')
  })
})
