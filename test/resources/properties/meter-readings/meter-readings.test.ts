import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureProperty } from '#properties/ensure-property'
import { expectProblem } from '#test/expect-problem'
import { type FormParts, formRequest } from '#test/forms'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { heardBy, houseNumber } from '#test/portfolio'
import { sampleFile } from '#test/sample-files'
import { seedKey } from '#test/seed'
import { bootstrapAccount } from '#test/seeded-order'
import { at } from '#test/simulator-client'
import { idFromUuid } from '#values/ids'

let gateway: TestGateway
let path: `/v1/properties/${string}`
let homeboxId: string
beforeAll(async () => {
  gateway = await startTestGateway()
  const { body } = await gateway.api('POST /v1/properties', { body: { address: houseNumber(7) } })
  path = `/v1/properties/${body.id}`
  const { body: mapped } = await gateway.api(`GET /v1/mappings?resource=${body.id}`)
  homeboxId = mapped.data[0].provider_id
})
afterAll(() => gateway.close())

const electricity: FormParts = [
  ['type', 'electricity'],
  ['reading', '299'],
  ['reading_2', '117'],
  ['read_on', '2026-11-20'],
]
const content = sampleFile('heic')
const image = { content, filename: 'meter.heic', type: 'image/heic' }

describe('POST /v1/properties/{property_id}/meter-readings', () => {
  test('tells the property’s provider, and lists it from there', async () => {
    const form = formRequest([...electricity, ['image', image]])
    const [[request, sent] = []] = await heardBy(gateway, async () => {
      const { status, body } = await gateway.api(`POST ${path}/meter-readings`, form)
      expect(status).toBe(201)
      expect(body).toMatchObject({
        object: 'meter_reading',
        type: 'electricity',
        provider_type: 'Electric',
        reading: 299,
        reading_2: 117,
        read_on: '2026-11-20',
        state: 'complete',
        image_url: expect.stringMatching(/\.heic$/),
      })
      const { body: list } = await gateway.api(`GET ${path}/meter-readings`)
      expect(list.data).toEqual([body])
    })
    expect(request).toBe(`POST /property/${homeboxId}/readings`)
    expect(sent).toMatchObject({ date_of_reading: '2026-11-20', reading: '299', reading2: '117' })
    expect(at(sent, 'image')).toMatchObject({ bytes: content.length, content_type: 'image/heic' })
  })

  test('is written down for the property', async () => {
    const body = { type: 'gas', reading: 12, read_on: '2026-11-20' }
    gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'property-readings.create' })
    const { status, body: operation } = await gateway.api(`POST ${path}/meter-readings`, { body })
    expect(status).toBe(202)
    expect(operation).toMatchObject({ operation: 'meter_readings.create', state: 'unknown' })
  })
})

describe.each(['GET', 'POST'] as const)('%s /v1/properties/{property_id}/meter-readings', method => {
  const body = { type: 'gas', reading: 12, read_on: '2026-11-20' }
  const request = method === 'POST' ? { body } : {}

  test('is 404 for the property of another account', async () => {
    const { key } = await seedKey(gateway)
    expectProblem(await gateway.api(`${method} ${path}/meter-readings`, { ...request, key }), 'not_found')
  })

  test('is 409 while no provider keeps the property', async () => {
    const { database, now } = gateway.services
    const scope = { accountId: await bootstrapAccount(gateway), mode: 'test' as const }
    const { line_1, city, county, postcode } = houseNumber(8)
    const ids = { address_id: null, uprn: null, umprn: null, udprn: null }
    const address = { line_1, line_2: null, city, county, postcode, ...ids }
    const uuid = await database.transaction(tx =>
      ensureProperty(tx, scope, { address, propertyReference: null, at: now() }),
    )
    const unknown = `/v1/properties/${idFromUuid('property', uuid ?? '')}` as const
    expectProblem(await gateway.api(`${method} ${unknown}/meter-readings`, request), 'state_conflict')
  })
})
