import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { payer } from '#test/orders'
import { heardBy } from '#test/portfolio'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

interface Offered {
  readonly id: string
  readonly product: string
  readonly add_ons: readonly { readonly id: string; readonly type: string }[]
  readonly services: readonly { readonly id: string | null }[]
  readonly price: { readonly per_month: { readonly amount: number } }
}

async function offersOf(changes: Record<string, unknown> = {}): Promise<Offered[]> {
  const { body } = await gateway.api('POST /v1/quotes', {
    body: household({ providers: ['homebox'], ...changes }),
  })
  return body.offers
}
const order = (body: unknown) => gateway.api('POST /v1/orders', { body })

/** The first request that Homebox receives while an order is placed, and the order. */
async function placed(body: unknown) {
  let answer = { status: 0, body: {} } as Awaited<ReturnType<typeof order>>
  const [request] = await heardBy(gateway, async () => {
    answer = await order(body)
  })
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
  return { request, order: answer.body }
}

const house = {
  address: {
    line1: '5 Media Exchange',
    line2: 'Coquet Street',
    city: 'Newcastle upon Tyne',
    county: 'Tyne and Wear',
    postcode: 'NE12QB',
  },
  total_occupants: 4,
  bill_payers: 4,
  household_type: 'student',
  tenancy_move_in: '01/09/27',
  tenancy_start: '01/09/27',
  tenancy_end: '31/08/28',
}
const byName = {
  provider: 'homebox',
  address: household()['address'],
  occupants: 4,
  household_type: 'student',
  tenancy: household()['tenancy'],
}

describe('a custom package', () => {
  test('comes as one offer, last, with every bill as an add-on, and is ordered with those that are chosen', async () => {
    const offer = (await offersOf()).at(-1)
    expect(offer?.product).toBe('custom_package')
    const chosen = offer?.add_ons.filter(({ type }) => ['energy', 'water'].includes(type)).map(({ id }) => id)
    const { request, order: made } = await placed({ offer_id: offer?.id, add_ons: chosen })
    const told = { ...house, package_id: 4, add_ons: [54, 55], reference: made.id }
    expect(request).toEqual(['POST /order', told])
    expect(made).toMatchObject({ product: 'custom_package', add_ons: ['54', '55'], package_id: '4' })
    const { body: read } = await gateway.api(`GET /v1/orders/${made.id}?refresh=true`)
    expect(read.status).toBe('pending')
  })

  test('may be ordered by naming it', async () => {
    const { request, order: made } = await placed({
      ...byName,
      product: 'custom_package',
      package_id: '4',
      add_ons: ['54'],
    })
    expect(request).toEqual(['POST /order', { ...house, package_id: 4, add_ons: [54], reference: made.id }])
  })

  test('needs a bill', async () => {
    const offer = (await offersOf()).at(-1)
    const sent = await heardBy(gateway, async () => {
      const { errors } = expectProblem(await order({ offer_id: offer?.id }), 'validation_failed')
      expect(errors).toMatchObject([{ pointer: '/add_ons', code: 'required' }])
    })
    expect(sent).toEqual([])
  })
})

describe('a coupon', () => {
  test('lowers the price of the quote and goes into the order', async () => {
    const [full] = await offersOf()
    const [offer] = await offersOf({ coupon: 'WELCOME10' })
    expect(gateway.simulators.homebox.requests().at(-1)?.query).toEqual({
      postcode: 'NE12QB',
      is_student: 'true',
      coupon: 'WELCOME10',
    })
    expect(offer?.price.per_month.amount).toBeLessThan(full?.price.per_month.amount ?? 0)
    const { request, order: made } = await placed({ offer_id: offer?.id })
    expect(request?.[1]).toEqual({ ...house, package_id: 1, coupon: 'WELCOME10', reference: made.id })
    expect(made.coupon).toBe('WELCOME10')
  })

  test('may be named in the order alone', async () => {
    const body = { ...byName, product: 'tenant_package', package_id: '1', coupon: 'WELCOME10' }
    const { request } = await placed(body)
    expect(request?.[1]).toMatchObject({ coupon: 'WELCOME10' })
  })

  test('that Homebox does not know is refused at its field', async () => {
    const answer = await order({ ...byName, product: 'tenant_package', package_id: '1', coupon: 'EXPIRED' })
    expect(expectProblem(answer, 'provider_rejected').errors).toMatchObject([{ pointer: '/coupon' }])
  })

  test('is not taken for a partner package', async () => {
    const [offer] = await offersOf({ responsibility: 'partner', coupon: 'WELCOME10' })
    const { bank_account, billing_address } = payer()
    const paid = { offer_id: offer?.id, payer: { bank_account, billing_address } }
    const { errors } = expectProblem(await order({ ...paid, coupon: 'WELCOME10' }), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/coupon', code: 'not_allowed' }])
    const { request, order: made } = await placed(paid)
    expect(request?.[1]).not.toHaveProperty('coupon')
    expect(made.coupon).toBeNull()
  })
})

describe('the payment method of a partner package', () => {
  test.each([
    ['direct_debit', { payment_method: 'direct-debit' }],
    ['bank_transfer', { payment_method: 'bank-transfer' }],
    [null, {}],
  ])('%s is sent as %j', async (payment_method, told) => {
    const [offer] = await offersOf({ responsibility: 'partner' })
    const { bank_account, billing_address } = payer()
    const { request } = await placed({
      offer_id: offer?.id,
      payer: { bank_account, billing_address, payment_method },
      property_reference: 'P-7',
    })
    const bills = offer?.services.flatMap(({ id }) => (id === null ? [] : [{ id }]))
    expect(request).toEqual([
      'POST /partner-order',
      {
        bills,
        address: house.address,
        account_name: 'Jane Smith',
        account_number: '12345678',
        sort_code: '000000',
        billing_address: {
          line1: 'Flat 1',
          line2: 'New Road',
          city: 'London',
          county: 'Greater London',
          postcode: 'NR32AG',
        },
        ...told,
        tenancy_start: '01/09/27',
        tenancy_end: '31/08/28',
        housemates: 4,
        is_student: true,
        tenants: [],
        property_reference: 'P-7',
      },
    ])
  })

  test('is one of two', async () => {
    const { bank_account, billing_address } = payer()
    const body = { ...byName, product: 'partner_package', bills: [{ id: '1' }] }
    const paying = { bank_account, billing_address, payment_method: 'cash' }
    const { errors } = expectProblem(await order({ ...body, payer: paying }), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/payer/payment_method' }])
  })
})
