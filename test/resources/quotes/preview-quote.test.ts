import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household } from '#test/households'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

test('a preview shows each provider’s request, and sends and stores nothing', async () => {
  const { status, body } = await gateway.api('POST /v1/quotes?preview=true', { body: household() })
  expect(status).toBe(200)
  expect(body).toEqual({
    object: 'preview',
    requests: [
      {
        provider: 'homebox',
        method: 'GET',
        path: '/api/partner/packages?postcode=NE12QB&is_student=true',
        body: null,
      },
      {
        provider: 'one_utility_bill',
        method: 'POST',
        path: '/api/v1/quotes',
        body: { postcode: 'NE1 2QB', bed_size: 4, tenancy_start_date: '2027-09-01' },
      },
    ],
    side_effects: [],
    missing: [],
  })
  expect(gateway.simulators.homebox.requests()).toEqual([])
  expect(gateway.simulators.one_utility_bill.requests()).toEqual([])
  expect((await gateway.api('GET /v1/quotes')).body.data).toEqual([])
})

test('a preview takes no idempotency key', async () => {
  const headers = { 'idempotency-key': 'preview-1' }
  await gateway.api('POST /v1/quotes?preview=true', { body: household(), headers })
  const { status, headers: answered } = await gateway.api('POST /v1/quotes', { body: household(), headers })
  expect(status).toBe(201)
  expect(answered['idempotent-replayed']).toBeUndefined()
})
