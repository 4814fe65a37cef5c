import { afterEach, beforeEach, expect, test } from 'vitest'
import { paymentWriteInputs } from '#test/conformance-payment-writes'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue, lookUntilProven } from '#test/looking'

let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterEach(() => gateway.close())

const { reference: _, ...wanted } = paymentWriteInputs['paymentRequests.create']
const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body
const post = (body: object) => gateway.api('POST /v1/payment-requests', { body })

async function lose(body: object, fault: 'answer-lost' | 'cut-before' = 'answer-lost') {
  gateway.simulators.mybeezbox.arm({ fault, operation: 'paymentRequests.create' })
  const lost = await post(body)
  expect([lost.status, lost.body.state, lost.body.reconcile]).toEqual([202, 'unknown', 'by_reference'])
  return lost.body
}

async function looked(id: string) {
  clock.pass(5_000)
  await lookAtDue(gateway)
  return operation(id)
}

test.each([
  ['our id', wanted],
  ['the name of the caller', { ...wanted, reference: 'INV-2' }],
])('a lost payment request is found by %s', async (_name, body) => {
  const { id, reference } = await lose(body)
  const found = await looked(id)
  expect(gateway.simulators.mybeezbox.requests().at(-1)).toMatchObject({
    path: '/paymentrequests/',
    query: { search: reference },
  })
  const { body: listed } = await gateway.api(`GET /v1/payment-requests?search=${reference}`)
  expect(found).toMatchObject({ state: 'succeeded', provider_ids: [listed.data[0].id] })
})

test('one that is not there is known not to have happened, and goes under another name the next time', async () => {
  const { id } = await lose(wanted, 'cut-before')
  await gateway.api(`POST /v1/operations/${id}/resolve`, {
    body: { outcome: 'did_not_happen', send_again: true },
  })
  expect(await operation(id)).toMatchObject({ state: 'succeeded', reference: `${id}-2` })
  const { id: other } = await lose(wanted, 'cut-before')
  await lookUntilProven(gateway, clock)
  expect(await operation(other)).toMatchObject({ state: 'not_sent' })
})

test('one that was made earlier under the same name is not taken for it, and one of another amount is in doubt', async () => {
  const body = { ...wanted, reference: 'INV-2' }
  await post(body)
  const { id } = await lose(body, 'cut-before')
  await lookUntilProven(gateway, clock)
  expect(await operation(id)).toMatchObject({ state: 'not_sent' })
  const { id: first } = await lose({ ...body, reference: 'INV-3' })
  const amount = { amount: 1, currency: 'EUR' }
  const { id: second } = await lose({ ...body, amount, reference: 'INV-3' }, 'cut-before')
  expect(await looked(first)).toMatchObject({
    state: 'unknown',
    hint: expect.stringContaining('not settled'),
  })
  expect(await operation(second)).toMatchObject({ state: 'unknown' })
})
