import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '#test/api'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { createStandingClock, lookAtDue } from '#test/looking'
import { seedKey } from '#test/seed'
import { unknownOrder } from '#test/unknown-orders'

const clock = createStandingClock()
let gateway: TestGateway
let borrower: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: clock.now })
  const { key } = await seedKey(gateway)
  borrower = { ...gateway, key, api: createApi(gateway.app, key) }
})
afterAll(() => gateway.close())

async function callsOf(of: TestGateway, resource: string) {
  await gateway.services.callLog.flush()
  return of.api(`GET /v1/provider-calls?resource=${resource}&limit=100`)
}
type Row = { operation: string; response_body: unknown }
const bodiesOf = (rows: Row[], operation: string) =>
  rows.filter(row => row.operation === operation).map(row => row.response_body)

describe('the calls that an account makes through a connection that is lent to it', () => {
  test('show nothing of the orders among which its own was looked for', async () => {
    const theirs = await unknownOrder(gateway)
    const order = await unknownOrder(borrower)
    clock.pass(5_000)
    await lookAtDue(gateway)
    const { body, text } = await callsOf(borrower, order.id)
    expect(bodiesOf(body.data, 'orders.find')).toEqual([null])
    expect(bodiesOf(body.data, 'orders.get')).toMatchObject([{ data: { reference: order.id } }])
    expect(text).not.toContain(theirs.id)
  })

  test('nor where a version before has kept that', async () => {
    const order = await unknownOrder(borrower)
    clock.pass(5_000)
    await lookAtDue(gateway)
    await callsOf(borrower, order.id)
    const kept = `UPDATE provider_calls SET response_body = '{"data":[{"reference":"theirs"}]}' WHERE operation = 'orders.find'`
    expect((await gateway.services.database.sql.query(kept)).rowCount).toBeGreaterThan(0)
    expect((await callsOf(borrower, order.id)).text).not.toContain('theirs')
  })

  test('nor of the leads', async () => {
    const lose = async (of: TestGateway, line_1: string) => {
      gateway.simulators.homebox.arm({ fault: 'answer-lost', operation: 'leads.create' })
      const address = { line_1, city: 'Newcastle upon Tyne', postcode: 'NE1 2QB' }
      return (await of.api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'], address }) })).body
    }
    await lose(gateway, '7 Secret Row')
    const lead = await lose(borrower, '5 Media Exchange')
    clock.pass(5_000)
    await lookAtDue(gateway)
    const { body, text } = await callsOf(borrower, lead.id)
    expect(bodiesOf(body.data, 'leads.scan')).toEqual([null])
    expect(text).not.toContain('Secret Row')
  })
})
