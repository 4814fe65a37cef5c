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

async function lose(siret_number: string | null, email: string): Promise<string> {
  const body = { state: 'active', commercial_name: 'Chez Marie', short_name: 'marie', siret_number, email }
  const lost = await gateway.api('POST /v1/partners', { body })
  expect([lost.status, lost.body.state, lost.body.reconcile]).toEqual([202, 'unknown', 'by_scan'])
  return lost.body.id
}

const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body

test('a lost partner is found by its SIRET', async () => {
  const id = await lose('73282932000074', 'answer-lost@example.com')
  clock.pass(5_000)
  await lookAtDue(gateway)
  const { body } = await gateway.api('GET /v1/partners/check?siret_number=73282932000074')
  expect(body.exists).toBe(true)
  expect(await operation(id)).toMatchObject({ state: 'succeeded', provider_ids: [body.partner_id] })
})

test('a partner that is not there is known not to have been made', async () => {
  const id = await lose('73282932000074', 'cut-before@example.com')
  await lookUntilProven(gateway, clock)
  expect(await operation(id)).toMatchObject({ state: 'not_sent' })
})

test('one without a SIRET is left to a person', async () => {
  const id = await lose(null, 'answer-lost@example.com')
  clock.pass(5_000)
  await lookAtDue(gateway)
  expect(await operation(id)).toMatchObject({ state: 'unknown', hint: expect.stringContaining('SIRET') })
})

test('two that nobody knows of with one SIRET are left to a person', async () => {
  const first = await lose('73282932000074', 'cut-before@example.com')
  const second = await lose('73282932000074', 'answer-lost@example.com')
  clock.pass(5_000)
  await lookAtDue(gateway)
  expect((await operation(first)).state).toBe('unknown')
  expect((await operation(second)).state).toBe('unknown')
})

test('one whose SIRET another partner had before proves nothing', async () => {
  gateway.simulators.mybeezbox.arm({ fault: 'cut-before', operation: 'partners.create' })
  const id = await lose('12345678901237', 'marie@example.com')
  clock.pass(5_000)
  await lookAtDue(gateway)
  expect(await operation(id)).toMatchObject({
    state: 'unknown',
    hint: expect.stringContaining('Partner 2 had this SIRET before'),
  })
})
