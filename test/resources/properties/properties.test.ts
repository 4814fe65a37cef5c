import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { expectProblem } from '#test/expect-problem'
import { heardBy, houseNumber } from '#test/portfolio'
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
  gateway.api(`POST /v1/properties${query}`, { body: { address: houseNumber(number), ...changes }, headers })
const heard = (work: () => Promise<unknown>) => heardBy(gateway, work)

describe('POST /v1/properties', () => {
  test('adds the house at Homebox and answers it with its status', async () => {
    let created = await create({ property_reference: 'P-0' })
    const sent = await heard(async () => {
      number += 100
      created = await create({ property_reference: 'P-1', metadata: { desk: '7' } })
    })
    const { line_1, city, county } = houseNumber(number)
    const address = { line1: line_1, line2: '', city, county, postcode: 'EC1V2NX' }
    expect(sent).toEqual([['POST /property', { address, property_reference: 'P-1' }]])
    const { status, headers, body } = created
    expect([status, headers['location']]).toEqual([201, `/v1/properties/${body.id}`])
    expect(body).toEqual({
      id: expect.stringMatching(/^property_/),
      object: 'property',
      mode: 'test',
      address: {
        ...houseNumber(number),
        line_2: null,
        address_id: null,
        uprn: null,
        umprn: null,
        udprn: null,
      },
      status: 'pending',
      provider_status: 'New Tenancy',
      mpan: null,
      mprn: null,
      uprn: null,
      meters: {
        electricity: {
          serial: null,
          type: null,
          profile_class: null,
          economy_7: null,
          energisation: null,
          gsp: null,
          top_line: null,
        },
        gas: { serial: null },
      },
      property_reference: 'P-1',
      branch_id: null,
      provider_ids: [expect.stringMatching(/^\d+$/)],
      metadata: { desk: '7' },
      created_at: expect.any(String),
      updated_at: expect.any(String),
    })
  })

  test('keeps the id of a house that is known already', async () => {
    const { body: first } = await create()
    const { body: again } = await create({ property_reference: 'again' })
    expect([again.id, again.property_reference]).toEqual([first.id, 'again'])
    const { body: search } = await gateway.api('GET /v1/addresses?query=EC1V2NX')
    const { body: one } = await create({ address: { address_id: search.data[0].address_id } })
    const { body: same } = await create({ address: { ...houseNumber(123) } })
    expect(same.id).toBe(one.id)
  })

  test('is one house with the one of an order at another provider', async () => {
    const { body: property } = await create()
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
            email: 'ann@example.org',
            phone: '07700 900111',
            date_of_birth: '2001-02-03',
          },
        ],
      },
    })
    expect(order.property_id).toBe(property.id)
  })

  test('goes by the id of the operation as well when Homebox says which house an address id means', async () => {
    const { body: known } = await create({ address: houseNumber(124) })
    const { body } = await create({ address: { address_id: 'xQGCuZ3irsRyb-zZkJ6OD', postcode: 'EC1V 2NX' } })
    expect(body.id).toBe(known.id)
    const { body: operations } = await gateway.api('GET /v1/operations?operation=properties.create&limit=1')
    const { body: read } = await gateway.api(`GET /v1/properties/${operations.data[0].resource}`)
    expect(read.id).toBe(known.id)
  })

  test('answers the same with the same key and sends once', async () => {
    const key = { 'idempotency-key': 'property-1' }
    const first = await create({}, '', key)
    const sent = await heard(async () => {
      expect((await create({}, '', key)).text).toBe(first.text)
    })
    expect(sent).toEqual([])
  })

  test.each(['answer-lost', 'applied-error', 'html'] as const)(
    'answers 202 with the operation after %s, and never sends again',
    async fault => {
      gateway.simulators.homebox.arm({ fault, operation: 'properties.create' })
      const key = { 'idempotency-key': `lost-${fault}` }
      const { status, body } = await create({}, '', key)
      expect([status, body.operation, body.state]).toEqual([202, 'properties.create', 'unknown'])
      expect(await heard(() => create({}, '', key))).toEqual([])
      const { body: read } = await gateway.api(`GET /v1/properties/${body.resource}`)
      expect(read).toMatchObject({ id: body.resource, status: null, provider_ids: [] })
    },
  )

  test.each([
    ['without its id', {}, []],
    ['with its id', { provider_id: '77' }, ['77']],
  ])('is settled by a person who says that it happened, %s', async (_how, told, provider_ids) => {
    gateway.simulators.homebox.arm({ fault: 'cut-before', operation: 'properties.create' })
    const { body } = await create({ metadata: { desk: '7' } })
    const resolution = { outcome: 'happened', ...told }
    await gateway.api(`POST /v1/operations/${body.id}/resolve`, { body: resolution })
    const { rows } = await gateway.services.database.sql.query(
      'SELECT provider_id FROM mappings WHERE provider_id = ANY($1::text[])',
      [provider_ids],
    )
    expect(rows).toHaveLength(provider_ids.length)
    gateway.simulators.homebox.disarm()
    const { body: again } = await create()
    expect([again.id, again.metadata]).toEqual([body.resource, { desk: '7' }])
  })

  test('is found in the list after a person said that it happened', async () => {
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'properties.create' })
    const { body } = await create()
    await gateway.api(`POST /v1/operations/${body.id}/resolve`, { body: { outcome: 'happened' } })
    const { body: listed } = await gateway.api(`GET /v1/properties?q=${number}%20Test%20Lane`)
    expect(listed.data.map((row: { id: string }) => row.id)).toContain(body.resource)
  })

  test('leaves nothing behind when Homebox refuses', async () => {
    gateway.simulators.homebox.arm({ fault: 'refused', operation: 'properties.create' })
    const answer = await create()
    expectProblem(answer, 'provider_rejected')
    const { resource } = (await gateway.api(`GET /v1/operations/${answer.body.resource}`)).body
    expectProblem(await gateway.api(`GET /v1/properties/${resource}`), 'not_found')
  })

  test.each([
    ['/address', { address: null }],
    ['/address/postcode', { address: { postcode: 'nowhere' } }],
    ['/address/line_1', { address: { city: 'London', postcode: 'EC1V 2NX' } }],
    ['/address/address_id', { address: { address_id: 'never-shown' } }],
    ['/branch_id', { branch_id: 'branch_01kb2z6x9ve8vs2m0g5a7d3c1r' }],
    ['/surprise', { surprise: 1 }],
  ])('refuses what is wrong at %s, and sends nothing', async (pointer, changes) => {
    const sent = await heard(async () => {
      const { errors } = expectProblem(await create(changes), 'validation_failed')
      expect(errors?.map(error => error.pointer)).toEqual([pointer])
    })
    expect(sent).toEqual([])
  })

  test('names who else can when the provider cannot', async () => {
    const { supported_by } = expectProblem(await create({ provider: 'housr' }), 'capability_not_supported')
    expect(supported_by).toEqual(['homebox'])
  })

  test('with preview=true shows what would be sent, and sends and stores nothing', async () => {
    const sent = await heard(async () => {
      const { body } = await create({}, '?preview=true')
      expect(body.requests).toMatchObject([
        { provider: 'homebox', method: 'POST', path: '/api/partner/property' },
      ])
      const { body: lacking } = await create({ address: { postcode: 'EC1V 2NX' } }, '?preview=true')
      expect(lacking.missing).toMatchObject([{ pointer: '/address/line_1' }, { pointer: '/address/city' }])
    })
    expect(sent).toEqual([])
  })
})

describe('GET /v1/properties/{property_id}', () => {
  test('reads the house at Homebox', async () => {
    const { body: created } = await create()
    const sent = await heard(async () => {
      const { body } = await gateway.api(`GET /v1/properties/${created.id}?include=provider_data`)
      expect(body).toMatchObject({
        id: created.id,
        status: 'pending',
        provider_data: { homebox: { data: {} } },
      })
    })
    expect(sent).toEqual([[`GET /property/${created.provider_ids[0]}`, null]])
  })

  test('is not for another account', async () => {
    const { body } = await create()
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api(`GET /v1/properties/${body.id}`, { key }), 'not_found')
  })

  test('is for an account that made it through a connection that is lent', async () => {
    const { key } = await seedKey(gateway)
    const body = { address: houseNumber(number) }
    const { status, body: made } = await gateway.api('POST /v1/properties', { body, key })
    expect(status).toBe(201)
    expect((await gateway.api(`GET /v1/properties/${made.id}`, { key })).body.id).toBe(made.id)
  })
})
