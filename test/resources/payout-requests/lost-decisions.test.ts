import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { createStandingClock, lookAtDue, lookUntilProven } from '#test/looking'

let clock: ReturnType<typeof createStandingClock>
let gateway: TestGateway
beforeEach(async () => {
  clock = createStandingClock()
  gateway = await startTestGateway({ now: clock.now, environment: { PROVIDER_TIMEOUT_MS: '3000' } })
})
afterEach(() => gateway.close())

const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body

async function lose(decision: 'validate' | 'cancel', fault: 'answer-lost' | 'cut-before'): Promise<string> {
  gateway.simulators.mybeezbox.arm({ fault, operation: `payoutRequests.${decision}` })
  const { status, body } = await gateway.api(`POST /v1/payout-requests/2/${decision}`)
  expect([status, body.state]).toEqual([202, 'unknown'])
  return body.id
}

test.each(['validate', 'cancel'] as const)(
  'a lost answer to %s is found out by the state',
  async decision => {
    const id = await lose(decision, 'answer-lost')
    clock.pass(5_000)
    await lookAtDue(gateway)
    expect(gateway.simulators.mybeezbox.requests().at(-1)?.path).toBe('/payoutrequests/2/')
    expect(await operation(id)).toMatchObject({ state: 'succeeded', provider_ids: ['2'] })
  },
)

test('a payout request that still waits was not decided', async () => {
  const id = await lose('validate', 'cut-before')
  await lookUntilProven(gateway, clock)
  expect(await operation(id)).toMatchObject({ state: 'not_sent' })
})

test('one that somebody else decided the other way is left to a person', async ({ onTestFinished }) => {
  const id = await lose('validate', 'cut-before')
  const elsewhere = await startTestGateway({ simulators: gateway.simulators })
  onTestFinished(elsewhere.close)
  expect((await elsewhere.api('POST /v1/payout-requests/2/cancel')).status).toBe(200)
  clock.pass(5_000)
  await lookAtDue(gateway)
  expect(await operation(id)).toMatchObject({ state: 'unknown', hint: 'The payout request 2 is cancelled.' })
})
