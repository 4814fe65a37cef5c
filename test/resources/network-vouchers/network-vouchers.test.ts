import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const provided = { mode: 'test', provider: 'mybeezbox' } as const
const voucher = {
  id: '1',
  object: 'network_voucher',
  ...provided,
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  code: 'NVb77qadh',
  state: 'paid',
  provider_state: 'paid',
  box_id: '1',
  box_name: 'Discovery Box',
  box_price: { amount: 10_000, currency: 'EUR' },
  is_box_active: true,
  max_usages: 2,
  usage_count: 1,
  description: 'Enjoy a dinner for two by the sea. Includes: a 3 courses menu and a bottle of wine.',
  short_description: 'Enjoy a dinner for two by the sea.',
  created_at: '2022-06-16T12:00:00.000Z',
  expires_at: '2024-06-16T12:00:00.000Z',
  details: { universes: [], tags: [], images: [] },
}

const lastPath = () => gateway.simulators.mybeezbox.requests().at(-1)?.path

test('a voucher is found by its code', async () => {
  const { status, body } = await gateway.api('GET /v1/network-vouchers/NVb77qadh')
  expect({ status, body }).toEqual({ status: 200, body: voucher })
  expect(lastPath()).toBe('/networkvouchers_by_code/NVb77qadh/')
})

test('vouchers are found by the e-mail address of a person, and not without one', async () => {
  const { body } = await gateway.api('GET /v1/network-vouchers?email=jane.smith@example.com')
  expect(body).toEqual({ object: 'list', data: [voucher], has_more: false, next_cursor: null })
  expect(decodeURIComponent(String(lastPath()))).toBe('/networkvouchers_by_email/jane.smith@example.com/')
  const { body: none } = await gateway.api('GET /v1/network-vouchers?email=nobody@example.com')
  expect(none.data).toEqual([])
  const refused = await gateway.api('GET /v1/network-vouchers')
  expectProblem(refused, 'validation_failed')
  expect(refused.body.errors).toMatchObject([{ pointer: '/query/email' }])
})

test('the address of a person is in no log', async () => {
  await gateway.api('GET /v1/network-vouchers?email=zeisig@example.com')
  const { body: calls } = await gateway.api('GET /v1/provider-calls?provider=mybeezbox&limit=1')
  expect(calls.data[0].path).toBe('/networkvouchers_by_email/{email}/')
  expect(`${gateway.logs.join('')}${JSON.stringify(calls)}`).not.toContain('zeisig')
})

test('the one use that the provider shows as an object is a list of one', async () => {
  const { body } = await gateway.api('GET /v1/network-vouchers/NVb77qadh/usages')
  expect(body.data).toEqual([
    {
      id: '1',
      object: 'network_voucher_usage',
      ...provided,
      network_voucher_id: '1',
      partner_id: '1',
      partner_source_id: '111',
      partner_agency_name: 'Test partner name',
      is_active: true,
      comment: 'This usage was created via API',
      management_fees: { amount: 500, currency: 'EUR' },
      commission_rate: 10,
      created_at: '2022-06-16T12:00:00.000Z',
      details: {},
    },
  ])
})

test('a box is shown in all languages, its offers as they are', async () => {
  const { body: box } = await gateway.api('GET /v1/network-voucher-boxes/1')
  expect(box).toMatchObject({
    id: '1',
    object: 'network_voucher_box',
    name: { en: 'Three lovely days in Spain', pt: 'Três dias agradáveis em Espanha' },
    price: { amount: 10_000, currency: 'EUR' },
    max_usages: 2,
    created_at: '2022-06-16T12:00:00.000Z',
  })
  const { body: boxes } = await gateway.api('GET /v1/network-voucher-boxes')
  expect(boxes.data).toEqual([box])
  const { body: offers } = await gateway.api('GET /v1/network-voucher-boxes/1/offers')
  expect(offers.data).toEqual([
    { id: '1', object: 'network_voucher_offer', ...provided, details: { box: 1 } },
  ])
})

test('what is not there is not found', async () => {
  for (const path of [
    'network-vouchers/NVnobody',
    'network-vouchers/NVnobody/usages',
    'network-voucher-boxes/9',
  ])
    expectProblem(await gateway.api(`GET /v1/${path}`), 'not_found')
})

test('an account without a connection of its own sees none of them', async () => {
  const { key } = await seedKey(gateway, { scopes: ['network_vouchers:read', 'network_voucher_boxes:read'] })
  for (const path of ['network-vouchers/NVb77qadh', 'network-voucher-boxes'])
    expectProblem(await gateway.api(`GET /v1/${path}`, { key }), 'provider_not_connected')
})
