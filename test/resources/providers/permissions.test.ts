import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

test('the permissions of a connection are read at its provider', async () => {
  const { status, body } = await gateway.api('GET /v1/providers/mybeezbox/permissions')
  expect(status).toBe(200)
  expect(body).toEqual({
    object: 'permissions',
    mode: 'test',
    provider: 'mybeezbox',
    permissions: ['view_voucher', 'change_voucher', 'view_payment', 'add_payment'],
    details: {},
  })
  expect(gateway.simulators.mybeezbox.requests().at(-1)).toMatchObject({
    method: 'GET',
    path: '/permissions/',
  })
})

test('a provider that does not tell them, and an account without a connection of its own', async () => {
  const homebox = await gateway.api('GET /v1/providers/homebox/permissions')
  expect(expectProblem(homebox, 'capability_not_supported').supported_by).toEqual(['mybeezbox'])
  const { key } = await seedKey(gateway, { scopes: ['providers:read'] })
  const stranger = await gateway.api('GET /v1/providers/mybeezbox/permissions', { key })
  expectProblem(stranger, 'provider_not_connected')
})
