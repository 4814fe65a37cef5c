import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const PARTNER = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'

test('invoices are listed with each of the four filters', async () => {
  const query = new URLSearchParams({
    invoiced_from: '2023-01-01',
    invoiced_to: '2023-12-12',
    partner_id: '1',
    partner_uuid: PARTNER,
  })
  const { body } = await gateway.api(`GET /v1/invoices?${query}`)
  expect(gateway.simulators.mybeezbox.requests().at(-1)?.query).toEqual({
    invoicing_date__gte: '2023-01-01',
    invoicing_date__lte: '2023-12-12',
    partner_customer: '1',
    partner_uuid: PARTNER,
  })
  expect(body.data).toMatchObject([
    { object: 'invoice', invoiced_on: '2023-07-01', amount: { amount: 1_250, currency: 'EUR' } },
  ])
})

test('one is shown with its payments', async () => {
  const { body: all } = await gateway.api('GET /v1/invoices?limit=1')
  const [{ id }] = all.data
  const { body } = await gateway.api(`GET /v1/invoices/${id}`)
  expect(body).toEqual({
    id,
    object: 'invoice',
    mode: 'test',
    provider: 'mybeezbox',
    partner_id: '1',
    partner_uuid: PARTNER,
    amount: { amount: 1_250, currency: 'EUR' },
    invoiced_on: '2022-07-01',
    details: {},
  })
  const { body: payments } = await gateway.api(`GET /v1/invoices/${id}/payments`)
  expect(payments.data.length).toBeGreaterThan(0)
})

test('one that is not there is not found', async () => {
  expectProblem(await gateway.api('GET /v1/invoices/00000000-0000-4000-8000-000000000000'), 'not_found')
  expectProblem(await gateway.api('GET /v1/invoices/1'), 'not_found')
})
