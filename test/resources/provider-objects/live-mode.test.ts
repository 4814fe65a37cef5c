import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApiKey } from '#accounts/api-key'
import { mybeezboxInputs } from '#test/conformance-mybeezbox'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({
    environment: {
      BILLBRIDGE_MODE: 'live',
      BILLBRIDGE_API_KEY: makeApiKey('live'),
      // Nobody listens there: whatever is sent is `provider_unavailable`.
      MYBEEZBOX_BASE_URL: 'https://127.0.0.1:9',
      MYBEEZBOX_USERNAME: 'billbridge',
      MYBEEZBOX_PASSWORD: 'mbb-19f02cc6e4',
    },
  })
})
afterAll(() => gateway.close())

const body = mybeezboxInputs['categories.create']
const PATH = '/v1/voucher-option-categories'

test.each([
  ['a list', `GET ${PATH}`, {}],
  ['one object', `GET ${PATH}/1`, {}],
  ['a replacement', `PUT ${PATH}/1`, { body }],
  ['a replacement in a preview', `PUT ${PATH}/1?preview=true`, { body }],
  ['a creation', `POST ${PATH}`, { body }],
  ['a creation in a preview', `POST ${PATH}?preview=true`, { body }],
] as const)('in live mode %s is refused while its path is a guess', async (_what, route, request) => {
  const problem = expectProblem(await gateway.api(route, request), 'operation_not_configured')
  expect([problem.status, problem.provider, problem.retryable]).toEqual([501, 'mybeezbox', false])
})

test('nothing of it is written down, and its key stays free', async () => {
  const headers = { 'idempotency-key': 'guess' }
  expectProblem(await gateway.api(`POST ${PATH}`, { body, headers }), 'operation_not_configured')
  expectProblem(
    await gateway.api(`POST ${PATH}`, { body: { ...body, ranking: 2 }, headers }),
    'operation_not_configured',
  )
  expect((await gateway.api('GET /v1/operations')).body.data).toEqual([])
  expect((await gateway.api('GET /v1/provider-calls')).body.data).toEqual([])
})
