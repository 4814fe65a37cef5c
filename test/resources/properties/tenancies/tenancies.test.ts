import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { invitee, payer } from '#test/orders'
import { placeOrder } from '#test/order-people'
import { heardBy, houseNumber, voidRequest } from '#test/portfolio'
import { seedKey } from '#test/seed'
import { household } from '#test/households'

let gateway: TestGateway
let number = 0
let path: `/v1/properties/${string}`
let theirs: string
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
beforeEach(async () => {
  gateway.simulators.homebox.disarm()
  number += 1
  const { body } = await gateway.api('POST /v1/voids', {
    body: voidRequest({ address: houseNumber(number) }),
  })
  path = `/v1/properties/${body.property_id}/tenancies/${body.tenancy.id}`
  const { body: property } = await gateway.api(`GET /v1/properties/${body.property_id}`)
  theirs = `/property/${property.provider_ids[0]}/tenancy/${body.provider_ids[0]}`
})
afterAll(() => gateway.close())

const heard = (work: () => Promise<unknown>) => heardBy(gateway, work)
const change = (body: unknown, query = '') => gateway.api(`PATCH ${path}${query}`, { body })

describe('GET /v1/properties/{property_id}/tenancies/{tenancy_id}', () => {
  test('reads a void at Homebox, with who answers for it', async () => {
    const sent = await heard(async () => {
      const { body } = await gateway.api(`GET ${path}?include=provider_data`)
      expect(body).toEqual({
        id: path.split('/').at(-1),
        object: 'tenancy',
        mode: 'test',
        property_id: path.split('/').at(3),
        type: 'void_period',
        provider_type: 'Void Period',
        start_date: '2027-07-01',
        end_date: '2027-07-15',
        property_empty: true,
        responsible_tenant: voidRequest().responsible_tenant,
        responsible_address: {
          line_1: '123 Test',
          line_2: null,
          city: 'London',
          county: null,
          postcode: 'BN10 8UE',
        },
        provider_ids: [theirs.split('/').at(-1)],
        created_at: expect.any(String),
        updated_at: expect.any(String),
        provider_data: { homebox: { fetched_at: expect.any(String), data: expect.anything() } },
      })
    })
    expect(sent).toEqual([[`GET ${theirs}`, null]])
  })

  test.each([
    ['tenant_package', 'tenant', [invitee()], null],
    [
      'partner_package',
      'partner',
      [],
      { bank_account: payer().bank_account, billing_address: payer().billing_address },
    ],
  ] as const)('reads that of an order: a %s', async (type, responsibility, tenants, paying) => {
    const { body: order } = await placeOrder(gateway, { tenants, payer: paying }, { responsibility })
    const { body } = await gateway.api(
      `GET /v1/properties/${order.property_id}/tenancies/${order.tenancy.id}`,
    )
    expect(body).toMatchObject({ type, start_date: '2027-09-01', end_date: '2028-08-31' })
  })

  test('shows that of an order at another provider as we know it', async () => {
    const { body: order } = await gateway.api('POST /v1/orders', {
      body: {
        ...{ provider: 'housr', product: 'tenant_package', occupants: 2, services: ['energy'] },
        address: household()['address'],
        tenancy: household()['tenancy'],
        tenants: [{ ...invitee(), date_of_birth: '2001-02-03' }],
      },
    })
    const at = `/v1/properties/${order.property_id}/tenancies/${order.tenancy.id}` as const
    const sent = await heard(async () => {
      expect((await gateway.api(`GET ${at}`)).body).toMatchObject({ type: null, start_date: '2027-09-01' })
      expectProblem(await gateway.api(`PATCH ${at}`, { body: { end_date: '2028-09-01' } }), 'state_conflict')
    })
    expect(sent).toEqual([])
  })

  test('is not found under another house, nor by another account', async () => {
    const { body: other } = await gateway.api('POST /v1/properties', {
      body: { address: houseNumber(number + 100) },
    })
    const tenancy = path.split('/').at(-1)
    expectProblem(await gateway.api(`GET /v1/properties/${other.id}/tenancies/${tenancy}`), 'not_found')
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api(`GET ${path}`, { key }), 'not_found')
    const body = { end_date: '2027-08-01' }
    expectProblem(await gateway.api(`PATCH ${path}`, { body, key }), 'not_found')
  })
})

describe('PATCH /v1/properties/{property_id}/tenancies/{tenancy_id}', () => {
  test('sends both dates and reads the tenancy again', async () => {
    const sent = await heard(async () => {
      const { status, body } = await change({ start_date: '2027-07-23', end_date: '2027-07-24' })
      expect([status, body.start_date, body.end_date]).toEqual([200, '2027-07-23', '2027-07-24'])
    })
    expect(sent).toEqual([
      [`PATCH ${theirs}`, { tenancy_start: '23/07/27', tenancy_end: '24/07/27' }],
      [`GET ${theirs}`, null],
    ])
    const { body } = await gateway.api('GET /v1/voids?limit=1')
    expect(body.data[0].tenancy).toMatchObject({ start_date: '2027-07-23', end_date: '2027-07-24' })
  })

  test('reads a date that is left out before it sends both', async () => {
    const sent = await heard(() => change({ end_date: '2027-08-01', start_date: null }))
    expect(sent.map(([request]) => request)).toEqual([`GET ${theirs}`, `PATCH ${theirs}`, `GET ${theirs}`])
    expect(sent[1]?.[1]).toEqual({ tenancy_start: '01/07/27', tenancy_end: '01/08/27' })
  })

  test('answers the new dates also when the tenancy cannot be read again', async () => {
    gateway.simulators.homebox.arm({ fault: 'error', operation: 'tenancies.get', times: 9 })
    const { status, body } = await change({ start_date: '2027-07-02', end_date: '2027-07-16' })
    expect([status, body.start_date, body.type]).toEqual([200, '2027-07-02', 'void_period'])
  })

  test.each(['answer-lost', 'applied-error'] as const)(
    'answers 202 with the operation after %s, and the next look finds the dates',
    async fault => {
      gateway.simulators.homebox.arm({ fault, operation: 'tenancies.update' })
      const { status, body } = await change({ start_date: '2027-07-03', end_date: '2027-07-17' })
      expect([status, body.operation, body.state]).toEqual([202, 'tenancies.update', 'unknown'])
      expect((await gateway.api(`GET ${path}`)).body.start_date).toBe('2027-07-03')
    },
  )

  test('answers the problem when Homebox refuses', async () => {
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'tenancies.update' })
    expectProblem(await change({ start_date: '2027-07-03', end_date: '2027-07-17' }), 'provider_rejected')
    expect((await gateway.api(`GET ${path}`)).body.start_date).toBe('2027-07-01')
  })

  test.each([
    ['', {}],
    ['/start_date', { start_date: '2027-02-30' }],
    ['/end_date', { start_date: '2027-07-02', end_date: '2027-07-01' }],
    ['/end_date', { end_date: '2027-06-01' }],
    ['/start_date', { start_date: '2027-08-01' }],
    ['/end_date', { start_date: '2027-07-01', end_date: '2070-01-01' }],
    ['/type', { end_date: '2027-08-01', type: 'void_period' }],
  ])('refuses what is wrong at "%s", and changes nothing', async (pointer, body) => {
    const sent = await heard(async () => {
      const { errors } = expectProblem(await change(body), 'validation_failed')
      expect(errors?.map(error => error.pointer)).toEqual([pointer])
    })
    expect(sent.filter(([request]) => request.startsWith('PATCH'))).toEqual([])
  })

  test('with preview=true shows what would be sent, and sends nothing', async () => {
    const sent = await heard(async () => {
      const { status, body } = await change({ end_date: '2027-08-01' }, '?preview=true')
      expect(status).toBe(200)
      expect(body.requests).toEqual([
        {
          provider: 'homebox',
          method: 'PATCH',
          path: `/api/partner${theirs}`,
          body: { tenancy_start: '01/07/27', tenancy_end: '01/08/27' },
        },
      ])
    })
    expect(sent).toEqual([])
  })
})
