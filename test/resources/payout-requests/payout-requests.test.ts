import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const asked = () => gateway.simulators.mybeezbox.requests().map(({ method, path }) => `${method} ${path}`)
const lastRequest = () => gateway.simulators.mybeezbox.requests().at(-1)

test('payout requests are listed with each of the six filters', async () => {
  const query = new URLSearchParams({
    created_from: '2023-01-01',
    created_to: '2023-12-12',
    state: 'to_be_validated',
    partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    has_validated_kyc: 'true',
    has_blocked_payout_validation: 'false',
  })
  const { body } = await gateway.api(`GET /v1/payout-requests?${query}`)
  expect(lastRequest()?.query).toEqual({
    creation_date__gte: '2023-01-01',
    creation_date__lte: '2023-12-12',
    status: 'to be validated',
    partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    has_validated_kyc: 'true',
    has_blocked_payout_validation: 'false',
  })
  expect(body.data).toMatchObject([
    { id: '2', state: 'to_be_validated', amount: { amount: 9_500, currency: 'EUR' }, validated_at: null },
    { id: '3', state: 'to_be_validated' },
  ])
})

test('one is shown with its payments', async () => {
  const { body } = await gateway.api('GET /v1/payout-requests/1')
  expect(body).toMatchObject({
    id: '1',
    object: 'payout_request',
    state: 'validated',
    provider_state: 'validated',
    created_at: '2022-06-16T12:00:00.000Z',
    validated_at: '2022-06-16T12:00:00.000Z',
  })
  const { body: payments } = await gateway.api('GET /v1/payout-requests/1/payments')
  expect(payments.data).toMatchObject([{ object: 'payment', payout_request_id: '1' }])
  expectProblem(await gateway.api('GET /v1/payout-requests/99'), 'not_found')
  expectProblem(await gateway.api('GET /v1/payout-requests/01'), 'not_found')
})

test('one is validated once, however often it is asked for', async () => {
  const headers = { 'idempotency-key': 'validate-2' }
  const before = asked().length
  const first = await gateway.api('POST /v1/payout-requests/2/validate', { headers })
  expect([first.status, first.body]).toEqual([
    200,
    { id: '2', object: 'payout_request', mode: 'test', provider: 'mybeezbox', state: 'validated' },
  ])
  expect(asked().slice(before)).toEqual(['GET /payoutrequests/2/', 'POST /payoutrequests/2/validate/'])
  const again = await gateway.api('POST /v1/payout-requests/2/validate', { headers })
  expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true'])
  const other = await gateway.api('POST /v1/payout-requests/2/validate')
  expectProblem(other, 'state_conflict')
  expect(gateway.simulators.mybeezbox.count('payoutRequests.validate')).toBe(1)
})

test('a cancellation whose answer is lost is an operation to follow, and is not sent again', async () => {
  gateway.simulators.mybeezbox.arm({ fault: 'answer-lost', operation: 'payoutRequests.cancel' })
  const headers = { 'idempotency-key': 'cancel-3' }
  const lost = await gateway.api('POST /v1/payout-requests/3/cancel', { headers })
  expect([lost.status, lost.body.state, lost.body.operation]).toEqual([
    202,
    'unknown',
    'payoutRequests.cancel',
  ])
  expect(lost.headers['location']).toBe(`/v1/operations/${lost.body.id}`)
  expect((await gateway.api('POST /v1/payout-requests/3/cancel', { headers })).text).toBe(lost.text)
  expect(gateway.simulators.mybeezbox.count('payoutRequests.cancel')).toBe(1)
})

test('a preview sends nothing, and says what it would set off', async () => {
  const before = asked().length
  const { body } = await gateway.api('POST /v1/payout-requests/1/validate?preview=true')
  expect(body).toMatchObject({
    object: 'preview',
    requests: [{ provider: 'mybeezbox', method: 'POST', path: '/payoutrequests/1/validate/', body: null }],
    side_effects: ['pays the partner what was requested'],
  })
  expect(asked()).toHaveLength(before)
})

test.each([
  ['pdf', 'application/pdf', '%PDF-1.7\n% payout request 1\n%%EOF\n'],
  ['xls', 'application/vnd.ms-excel', 'payout request\t1\n'],
])('the %s file is passed on byte for byte', async (kind, type, bytes) => {
  const { status, headers, text } = await gateway.api(`GET /v1/payout-requests/1/${kind}`)
  expect([status, headers['content-type'], text]).toEqual([200, type, bytes])
  expect(headers['content-disposition']).toBe(`attachment; filename="payout-request-1.${kind}"`)
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('a page in place of a file, and a file that is not there, are problems', async () => {
  gateway.simulators.mybeezbox.arm({ fault: 'html', operation: 'payoutRequests.pdf' })
  expectProblem(await gateway.api('GET /v1/payout-requests/1/pdf'), 'provider_error')
  expectProblem(await gateway.api('GET /v1/payout-requests/99/pdf'), 'not_found')
})
