import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { leadRequest } from '#test/lead-requests'
import { invitee, payer } from '#test/orders'
import { seedKey } from '#test/seed'
import { seedOrder } from '#test/seeded-order'

interface Shown {
  readonly kind: string
  readonly name: string | null
  readonly resource: string | null
  readonly at: string
}

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const timeline = async (order: string, query = '') =>
  (await gateway.api(`GET /v1/orders/${order}/timeline${query}`)).body

/** A household that was quoted, handed on as a lead and has ordered, with one payer and one who is invited. */
async function liveOrder(): Promise<{ order: string; quote: string; lead: string }> {
  const { body: quote } = await gateway.api('POST /v1/quotes', {
    body: household({ providers: ['homebox'] }),
  })
  const { body: lead } = await gateway.api('POST /v1/leads', {
    body: leadRequest({ quote_id: quote.id, providers: ['homebox'] }),
  })
  const offer_id = quote.offers[0].id
  const tenants = [payer(), invitee()]
  const { body: order } = await gateway.api('POST /v1/orders', {
    body: { offer_id, bill_payers: 2, tenants },
  })
  return { order: order.id, quote: quote.id, lead: lead.id }
}

const partner_uuid = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const euros = { amount: 14_000, currency: 'EUR' }

test('the life of an order is shown from its quote to its payments and vouchers, with every call', async () => {
  const { order, quote, lead } = await liveOrder()
  const metadata = { order_id: order }
  const asked = await gateway.api(`POST /v1/orders/${order}/payment-requests`, {
    body: { partner_uuid, amount: euros },
  })
  const body = { ...paymentWriteInputs['payments.create'], metadata }
  const { body: payment } = await gateway.api('POST /v1/payments', { body })
  await gateway.api(`POST /v1/payments/${payment.id}/refunds`, {
    body: { amount: { amount: 500, currency: 'EUR' }, metadata },
  })
  const use = {
    partner_source_id: '222',
    value: { amount: 500, currency: 'EUR' },
    creation_date: '2026-06-16',
  }
  await gateway.api('POST /v1/network-gift-cards/NGCasdf123/usages', { body: { ...use, metadata } })
  const { data, has_more } = await timeline(order, '?limit=100')
  expect(has_more).toBe(false)
  const entries: Shown[] = data
  expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted())
  const firstOf = (kind: string, name: string | null = null) =>
    entries.findIndex(entry => entry.kind === kind && (name === null || entry.name === name))
  const places = [
    firstOf('quote'),
    firstOf('lead'),
    firstOf('order'),
    firstOf('payer'),
    firstOf('operation', 'orders.create'),
    firstOf('call', 'orders.create'),
    firstOf('provider_object', 'payment_request'),
    firstOf('provider_object', 'payment'),
    firstOf('provider_object', 'network_gift_card_usage'),
  ]
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  const called = entries
    .filter(({ kind }) => kind === 'call')
    .map(({ name, resource }) => `${name} ${resource}`)
  for (const call of [
    `quotes.create ${quote}`,
    `leads.create ${lead}`,
    `orders.create ${order}`,
    `paymentRequests.create ${order}`,
    `payments.create ${order}`,
    `payments.refund ${order}`,
    `networkGiftcards.use ${order}`,
  ])
    expect(called).toContain(call)
  expect(data).toContainEqual(
    expect.objectContaining({
      kind: 'provider_object',
      name: 'payment_request',
      provider: 'mybeezbox',
      resource: order,
      provider_ids: [asked.body.id],
    }),
  )
  expect(data).toContainEqual(
    expect.objectContaining({ kind: 'event', name: 'order.created', resource: order }),
  )
})

test('a long timeline is read page by page, nothing twice and nothing left out', async () => {
  const { order } = await liveOrder()
  const { data: all } = await timeline(order, '?limit=100')
  const pages: unknown[] = []
  let query = '?limit=4'
  for (let page = 0; page < 30; page += 1) {
    const { data, next_cursor } = await timeline(order, query)
    pages.push(...data)
    if (next_cursor === null) break
    query = `?limit=4&cursor=${next_cursor}`
  }
  expect(pages).toEqual(all)
  const other = await seedOrder(gateway)
  expectProblem(await gateway.api(`GET /v1/orders/${other}/timeline${query}`), 'malformed_request')
})

test('it holds ids and states, and nothing that tells who somebody is', async () => {
  const { order } = await liveOrder()
  const { text } = await gateway.api(`GET /v1/orders/${order}/timeline?limit=100`)
  for (const personal of [
    'jane.smith',
    'john.appleseed',
    '7700 900',
    '7700900',
    'Smith',
    'Appleseed',
    'New Road',
  ])
    expect(text).not.toContain(personal)
  expect(text).toContain(order)
})

test('the payers of an order are shown, and nothing of other orders', async () => {
  const { order } = await liveOrder()
  const stranger = await seedOrder(gateway)
  const { body } = await gateway.api(`GET /v1/orders/${order}/tenants`)
  const { data }: { data: Shown[] } = await timeline(order, '?limit=100')
  const payers = data.filter(({ kind }) => kind === 'payer').map(({ resource }) => resource)
  expect(payers).toEqual(expect.arrayContaining(body.data.map(({ id }: { id: string }) => id)))
  const alone = await timeline(stranger)
  expect(alone.data).toMatchObject([
    { kind: 'order', resource: stranger, state: 'pending', provider: 'homebox' },
  ])
})

test('an order of another account is not found, and nobody is asked', async () => {
  const { order } = await liveOrder()
  const before = gateway.simulators.homebox.requests().length
  const { key } = await seedKey(gateway, { scopes: ['orders:read'] })
  expectProblem(await gateway.api(`GET /v1/orders/${order}/timeline`, { key }), 'not_found')
  await timeline(order)
  expect(gateway.simulators.homebox.requests()).toHaveLength(before)
})
