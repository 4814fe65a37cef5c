import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const partner = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const wallet = 'a1b2c3d4-e5f6-4789-9012-34567890abcd'
const nobody = '015862e4-46f4-4230-90e5-3d92607133aa'
const provided = { mode: 'test', provider: 'mybeezbox' }
const lastPath = () => gateway.simulators.mybeezbox.requests().at(-1)?.path

test("what lies in a partner's wallet is told in cents", async () => {
  const { status, body } = await gateway.api(`GET /v1/partners/${partner}/wallet`)
  expect(lastPath()).toBe(`/wallets/${partner}/balance/`)
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      object: 'wallet',
      ...provided,
      partner_uuid: partner,
      balance: { amount: 10_000, currency: 'EUR' },
      details: {},
    },
  })
})

test('the transfers of a wallet are asked for by the UUID of the wallet', async () => {
  const { body } = await gateway.api(`GET /v1/wallets/${wallet}/transfers`)
  expect(lastPath()).toBe(`/wallets/${wallet}/transfers/`)
  expect(body).toEqual({
    object: 'list',
    data: [
      {
        id: '1',
        object: 'wallet_transfer',
        ...provided,
        details: { wallet_uuid: wallet, amount: 100, creation_date: '2022-06-16 12:00:0.000000+00:00' },
      },
    ],
    has_more: false,
    next_cursor: null,
  })
  expectProblem(await gateway.api(`GET /v1/wallets/${partner}/transfers`), 'not_found')
})

test('what is not there, or is no UUID, is not found', async () => {
  for (const path of [
    `partners/${nobody}/wallet`,
    `partners/${nobody}/kyc`,
    `wallets/${nobody}/transfers`,
    'partners/1/wallet',
    'wallets/1/transfers',
  ])
    expectProblem(await gateway.api(`GET /v1/${path}`), 'not_found')
})

test('a wallet shows the payload of the provider on request', async () => {
  const { body } = await gateway.api(`GET /v1/partners/${partner}/wallet?include=provider_data`)
  expect(body.provider_data.mybeezbox.data).toEqual({ amount: 100 })
})

test('an account without a connection of its own sees none of them', async () => {
  const { key } = await seedKey(gateway, { scopes: ['partners:read', 'wallets:read'] })
  for (const path of [`partners/${partner}/wallet`, `wallets/${wallet}/transfers`])
    expectProblem(await gateway.api(`GET /v1/${path}`, { key }), 'provider_not_connected')
})
