import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { heardBy, houseNumber, voidRequest } from '#test/portfolio'
import { seedKey } from '#test/seed'

let gateway: TestGateway
let number = 0
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
beforeEach(() => {
  gateway.simulators.homebox.disarm()
  number += 1
})
afterAll(() => gateway.close())

const create = (changes: object = {}, query = '', headers: Record<string, string> = {}) =>
  gateway.api(`POST /v1/voids${query}`, {
    body: voidRequest({ address: houseNumber(number), ...changes }),
    headers,
  })
const heard = (work: () => Promise<unknown>) => heardBy(gateway, work)
const responsible_address = { line1: '123 Test', line2: '', city: 'London', county: '', postcode: 'BN108UE' }
const responsible_tenant = {
  first_name: 'John',
  last_name: 'Doe',
  phone_number: '+441234567891',
  email_address: 'john.doe@example.net',
}

describe('POST /v1/voids', () => {
  test('tells Homebox of the period in a house named by its address', async () => {
    let created = { status: 0, headers: {}, body: {} } as Awaited<ReturnType<typeof create>>
    const forwarding = {
      name: 'Jane Doe',
      phone: '07700 900123',
      email: 'jane@example.net',
      address: voidRequest().responsible_address,
    }
    const sent = await heard(async () => {
      created = await create({ premium: true, notifications: true, forwarding, metadata: { desk: '7' } })
    })
    const { line_1, city, county } = houseNumber(number)
    expect(sent).toEqual([
      [
        'POST /void',
        {
          address: { line1: line_1, line2: '', city, county, postcode: 'EC1V2NX' },
          tenancy_start: '01/07/27',
          tenancy_end: '15/07/27',
          is_premium: true,
          property_empty: true,
          notifications: true,
          responsible_tenant,
          responsible_address,
          forwarding_details: {
            name: 'Jane Doe',
            phone_number: '+447700900123',
            email_adress: 'jane@example.net',
            ...responsible_address,
          },
        },
      ],
    ])
    const { status, headers, body } = created
    expect([status, headers['location']]).toEqual([201, `/v1/voids/${body.id}`])
    expect(body).toEqual({
      id: expect.stringMatching(/^void_/),
      object: 'void',
      mode: 'test',
      provider: 'homebox',
      status: 'created',
      property_id: expect.stringMatching(/^property_/),
      address: {
        ...houseNumber(number),
        line_2: null,
        address_id: null,
        uprn: null,
        umprn: null,
        udprn: null,
      },
      tenancy: { id: expect.stringMatching(/^tenancy_/), start_date: '2027-07-01', end_date: '2027-07-15' },
      premium: true,
      property_empty: true,
      notifications: true,
      property_reference: null,
      branch_id: null,
      provider_ids: [expect.stringMatching(/^\d+$/)],
      metadata: { desk: '7' },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
    expect((await gateway.api(`GET /v1/voids/${body.id}`)).body).toEqual(body)
  })

  test('names a property by the id that Homebox has of it', async () => {
    const { body: property } = await gateway.api('POST /v1/properties', {
      body: { address: houseNumber(number) },
    })
    let body: { property_id?: string } = {}
    const [[, told] = []] = await heard(async () => {
      body = (await create({ address: null, property_id: property.id })).body
    })
    expect(told).toMatchObject({ property_id: Number(property.provider_ids[0]), is_premium: false })
    expect(told).not.toHaveProperty('address')
    expect(body.property_id).toBe(property.id)
    const { body: house } = await gateway.api(`GET /v1/properties/${property.id}`)
    expect([house.status, house.provider_status]).toEqual(['void_period', 'Void Period'])
  })

  test('names a property that Homebox does not know by its lines', async () => {
    const { body: order } = await gateway.api('POST /v1/orders', {
      body: {
        provider: 'housr',
        product: 'tenant_package',
        address: houseNumber(number),
        occupants: 2,
        tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
        services: ['energy'],
        tenants: [
          {
            first_name: 'Ann',
            last_name: 'Lee',
            email: 'ann.lee@example.org',
            phone: '07700 900111',
            date_of_birth: '2001-02-03',
          },
        ],
      },
    })
    const [[, told] = []] = await heard(() => create({ address: null, property_id: order.property_id }))
    expect(told).toMatchObject({ address: { line1: houseNumber(number).line_1, postcode: 'EC1V2NX' } })
    const { body: house } = await gateway.api(`GET /v1/properties/${order.property_id}`)
    expect(house.status).toBe('void_period')
  })

  test('keeps nobody whom it named, nor where they live', async () => {
    const forwarding = {
      name: 'Jane Doe',
      phone: '07700 900123',
      email: 'jane@example.net',
      address: { line_1: '9 Elsewhere', city: 'Leeds', postcode: 'LS1 4AP' },
    }
    const { body } = await create({ forwarding })
    const { text } = await gateway.api(`GET /v1/voids/${body.id}`)
    await gateway.services.callLog.flush()
    const calls = await gateway.api(`GET /v1/provider-calls?resource=${body.id}`)
    expect(calls.body.data).toHaveLength(1)
    const { sql } = gateway.services.database
    const { rows } = await sql.query('SELECT voids.*, audit_entries.data FROM voids, audit_entries', [])
    for (const seen of [text, calls.text, JSON.stringify(rows), gateway.logs.join('')])
      expect(seen).not.toMatch(/john\.doe|jane|"Doe"|441234567891|447700900123|123 Test"|9 Elsewhere/i)
  })

  test.each(['answer-lost', 'applied-error'] as const)(
    'answers 202 with the operation after %s, and never sends again',
    async fault => {
      gateway.simulators.homebox.arm({ fault, operation: 'voids.create' })
      const key = { 'idempotency-key': `void-${fault}` }
      const { status, body } = await create({}, '', key)
      expect([status, body.operation, body.state]).toEqual([202, 'voids.create', 'unknown'])
      expect(await heard(() => create({}, '', key))).toEqual([])
      expect((await gateway.api(`GET /v1/voids/${body.resource}`)).body.status).toBe('unknown')
      const resolution = { outcome: 'happened', provider_id: `9${number}` }
      await gateway.api(`POST /v1/operations/${body.id}/resolve`, { body: resolution })
      const { body: settled } = await gateway.api(`GET /v1/voids/${body.resource}`)
      expect(settled).toMatchObject({ status: 'created', provider_ids: [`9${number}`] })
      expect(settled.tenancy.id).toMatch(/^tenancy_/)
    },
  )

  test('leaves nothing behind when Homebox refuses', async () => {
    const { body: before } = await gateway.api('GET /v1/voids')
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'voids.create' })
    expectProblem(await create(), 'provider_rejected')
    expect((await gateway.api('GET /v1/voids')).body).toEqual(before)
  })

  test.each([
    ['/property_id', { property_id: 'property_01kb2z6x9ve8vs2m0g5a7d3c1r', address: null }],
    ['/property_id', { address: null }],
    ['/property_id', { property_id: 'property_01kb2z6x9ve8vs2m0g5a7d3c1r' }],
    ['/tenancy/end_date', { tenancy: { start_date: '2027-07-01', end_date: '2027-07-01' } }],
    ['/tenancy/start_date', { tenancy: { start_date: '2070-01-01' } }],
    ['/responsible_tenant', { responsible_tenant: null }],
    ['/responsible_address', { responsible_address: null }],
    [
      '/responsible_tenant/phone',
      { responsible_tenant: { ...voidRequest().responsible_tenant, phone: '1' } },
    ],
    ['/property_empty', { property_empty: null }],
    ['/forwarding/address', { forwarding: { name: 'J', phone: '07700 900123', email: 'j@example.net' } }],
    ['/branch_id', { branch_id: 'branch_01kb2z6x9ve8vs2m0g5a7d3c1r' }],
  ])('refuses what is wrong at %s, and sends nothing', async (pointer, changes) => {
    const sent = await heard(async () => {
      const { errors } = expectProblem(await create(changes), 'validation_failed')
      expect(errors?.map(error => error.pointer)).toEqual([pointer])
    })
    expect(sent).toEqual([])
  })

  test('with preview=true shows what would be sent and set off, and sends and stores nothing', async () => {
    const { body: before } = await gateway.api('GET /v1/voids')
    const sent = await heard(async () => {
      const { status, body } = await create({}, '?preview=true')
      expect([status, body.requests[0].path]).toEqual([200, '/api/partner/void'])
      expect(body.side_effects).toContain(
        'tells suppliers of the change of tenancy when notifications is true',
      )
    })
    expect(sent).toEqual([])
    expect((await gateway.api('GET /v1/voids')).body).toEqual(before)
  })
})

describe('GET /v1/voids', () => {
  test('pages through all, newest first', async () => {
    const { body: newest } = await create()
    const { body: first } = await gateway.api('GET /v1/voids?limit=2')
    expect([first.data[0], first.has_more]).toEqual([newest, true])
    const { body: second } = await gateway.api(`GET /v1/voids?limit=100&cursor=${first.next_cursor}`)
    const { body: all } = await gateway.api('GET /v1/voids?limit=100')
    expect([...first.data, ...second.data]).toEqual(all.data)
  })

  test('serves an account that a connection is lent to: its voids, their houses and tenancies', async () => {
    const { key } = await seedKey(gateway)
    const body = voidRequest({ address: houseNumber(number) })
    const { body: made } = await gateway.api('POST /v1/voids', { body, key })
    const path = `/v1/properties/${made.property_id}/tenancies/${made.tenancy.id}` as const
    const { body: tenancy } = await gateway.api(`GET ${path}`, { key })
    expect(tenancy).toMatchObject({ type: 'void_period', property_empty: true })
    const dates = { start_date: '2027-07-02', end_date: '2027-07-16' }
    expect((await gateway.api(`PATCH ${path}`, { body: dates, key })).body).toMatchObject(dates)
  })

  test('shows a void to nobody else', async () => {
    const { body } = await create()
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api(`GET /v1/voids/${body.id}`, { key }), 'not_found')
    expect((await gateway.api('GET /v1/voids', { key })).body.data).toEqual([])
  })
})
