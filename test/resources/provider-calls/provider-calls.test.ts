import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { sweep } from '#jobs/sweep'

let gateway: TestGateway
let now = new Date('2026-11-21T12:00:00Z')
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
})
afterAll(() => gateway.close())

type Row = { operation: string; path: string; provider: string }
const paths = (rows: Row[]) => rows.map(row => row.path).sort()

describe('GET /v1/provider-calls', () => {
  test('lists every call that was made for a quote, by path template', async () => {
    const quote = (await gateway.api('POST /v1/quotes', { body: household() })).body
    const { body } = await gateway.api(`GET /v1/provider-calls?resource=${quote.id}`)
    expect(paths(body.data)).toEqual(['/api/partner/packages', '/api/v1/quotes', '/oauth/token'])
    expect(body.data[0]).toMatchObject({
      object: 'provider_call',
      resource: quote.id,
      attempt: 1,
      outcome: 'ok',
      status: expect.any(Number),
    })
  })

  test('lists the calls to one provider', async () => {
    const { body } = await gateway.api('GET /v1/provider-calls?provider=homebox')
    expect(body.data.length).toBeGreaterThan(0)
    expect(body.data.every((row: Row) => row.provider === 'homebox')).toBe(true)
  })

  test('keeps no token and no credential', async () => {
    const { text } = await gateway.api('GET /v1/provider-calls?limit=100')
    for (const secret of Object.values(gateway.simulators.one_utility_bill.credentials))
      expect(text).not.toContain(secret)
    expect(text).not.toContain(gateway.simulators.homebox.credentials['token'])
  })

  test('refuses a resource that is no id', async () => {
    const { status, body } = await gateway.api('GET /v1/provider-calls?resource=nonsense')
    expect(status).toBe(422)
    expect(body.errors[0].pointer).toBe('/query/resource')
  })

  test('forgets quote traffic after a week', async () => {
    now = new Date(Date.now() + 8 * 86_400_000)
    await sweep(gateway.services.database.sql, now)
    expect((await gateway.api('GET /v1/provider-calls')).body.data).toEqual([])
  })
})
