import { expect, onTestFinished, test } from 'vitest'
import { startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { payer } from '#test/orders'

test('the tenancy of an order is no drift from that of a void', async () => {
  const { api, services, close, simulators } = await startTestGateway()
  onTestFinished(close)
  const { bank_account, billing_address } = payer()
  const { body: quote } = await api('POST /v1/quotes', {
    body: household({ responsibility: 'partner', providers: ['homebox'] }),
  })
  const { body: order } = await api('POST /v1/orders', {
    body: { offer_id: quote.offers[0].id, payer: { bank_account, billing_address } },
  })
  const shown = await api(`GET /v1/properties/${order.property_id}/tenancies/${order.tenancy.id}`)
  expect(shown.status).toBe(200)
  expect(simulators.homebox.requests().at(-1)?.path).toMatch(/\/property\/\d+\/tenancy\/\d+$/)
  await services.drift.flush()
  expect((await api('GET /v1/providers/homebox/drift')).body.data).toEqual([])
})
