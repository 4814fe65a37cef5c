import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { startTestGateway, TEST_ENCRYPTION_KEY, type TestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { placeOrder } from '#test/order-people'
import { invitee, payer } from '#test/orders'
import { erase, openedTexts } from '#test/people'
import { voidRequest } from '#test/portfolio'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe('whoever answers for an empty house', () => {
  test('is shown, exported and dropped from what is sealed of it', async () => {
    const { api } = gateway
    const responsible_tenant = {
      first_name: 'Vera',
      last_name: 'Vacanza',
      email: 'vera@example.net',
      phone: '+441234567891',
    }
    const { body: made } = await api('POST /v1/voids', { body: voidRequest({ responsible_tenant }) })
    expect((await api('GET /v1/people?email=vera@example.net')).body.sealed).toMatchObject([
      { kind: 'provider_payload', resource: made.id, provider: 'homebox' },
    ])
    const { body: exported } = await api('POST /v1/people/export', { body: { email: 'vera@example.net' } })
    expect(exported.sealed[0].data).toMatchObject([
      { email_address: 'vera@example.net', last_name: 'Vacanza' },
    ])
    expect((await erase(api, 'vera@example.net')).status).toBe(200)
    expect(await openedTexts(gateway)).not.toContain('Vacanza')
    expect((await api(`GET /v1/voids/${made.id}`)).status).toBe(200)
  })
})

describe('a person who is asked to be erased', () => {
  test('twice at once is erased once, and both are told the same', async () => {
    const email = 'at-once@example.com'
    await gateway.api('POST /v1/leads', { body: leadRequest({ tenants: [invitee({ email })] }) })
    const answers = await Promise.all([1, 2, 3].map(() => erase(gateway.api, email)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.body.tenants).toHaveLength(1)
  })

  test('while an order for them is being made is either in it or refused, never half', async () => {
    const email = 'meanwhile@example.com'
    const making = placeOrder(gateway, { tenants: [payer({ email, last_name: 'Meanwhile' })] })
    const asked = [await erase(gateway.api, email)]
    const order = await making
    asked.push(await erase(gateway.api, email))
    for (const { status } of asked) expect([200, 409]).toContain(status)
    expect(asked.at(-1)?.status).toBe(200)
    const { body } = await gateway.api(`GET ${order.path}`)
    expect(body).toMatchObject({ status: 'pending', tenants: [{ email: null, last_name: null }] })
    expect(await textOfTables(gateway)).not.toContain('Meanwhile')
  })

  test('under a key gets the first answer again, which names nobody', async () => {
    const email = 'by-key@example.com'
    await gateway.api('POST /v1/leads', { body: leadRequest({ tenants: [invitee({ email })] }) })
    const request = { body: { email }, headers: { 'idempotency-key': 'erase-1' } }
    const first = await gateway.api('POST /v1/people/erase', request)
    const again = await gateway.api('POST /v1/people/erase', request)
    expect(again.text).toBe(first.text)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(await openedTexts(gateway)).not.toContain(email)
  })

  test('is known again after the encryption key was rotated, and not brought back', async () => {
    const email = 'rotated@example.com'
    const { path } = await placeOrder(gateway, { tenants: [payer({ email, last_name: 'Rotunda' })] })
    const before = await erase(gateway.api, email)
    await gateway.services.database.sql.query("DELETE FROM mappings WHERE provider_resource = 'tenant'")
    const rotated = await startTestGateway({
      database: gateway.database,
      simulators: gateway.simulators,
      environment: {
        BILLBRIDGE_API_KEY: gateway.key,
        BILLBRIDGE_ENCRYPTION_KEY: `${Buffer.alloc(32, 8).toString('base64')},${TEST_ENCRYPTION_KEY}`,
      },
    })
    try {
      expect((await rotated.api(`GET ${path}/tenants`)).body.data).toMatchObject([{ email: null }])
      expect((await erase(rotated.api, email)).text).toBe(before.text)
      expect(await textOfTables(rotated)).not.toContain('Rotunda')
    } finally {
      await rotated.close()
    }
  })
})
