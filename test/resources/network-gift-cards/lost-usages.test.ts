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

const use = { value: { amount: 1_000, currency: 'EUR' }, creation_date: '2026-06-16' }
const bySource = { ...use, partner_source_id: '222' }

async function post(body: object) {
  return gateway.api('POST /v1/network-gift-cards/NGCasdf123/usages', { body })
}

async function lose(body: object, fault = 'Answer-Lost'): Promise<string> {
  const lost = await post({ ...body, comment: `Lunch Zz-${fault}` })
  expect([lost.status, lost.body.state, lost.body.reconcile]).toEqual([202, 'unknown', 'by_reference'])
  return lost.body.id
}

const operation = async (id: string) => (await gateway.api(`GET /v1/operations/${id}`)).body
const listed = async () =>
  (await gateway.api('GET /v1/network-gift-cards/NGCasdf123/usages')).body.data.map(
    ({ id }: { id: string }) => id,
  )

test.each([
  ['of our id', bySource],
  ['of their id', { ...use, partner_id: '2' }],
  ['under the reservation of the caller', { ...bySource, reservation_id: 'room-7' }],
])('a lost use at a partner %s is found among those of its card', async (_how, body) => {
  const id = await lose(body)
  clock.pass(5_000)
  await lookAtDue(gateway)
  const [newest] = (await listed()).toReversed()
  expect(await operation(id)).toMatchObject({ state: 'succeeded', provider_ids: [newest] })
})

test('a use that is not there is known not to have happened', async () => {
  const id = await lose(bySource, 'Cut-Before')
  await lookUntilProven(gateway, clock)
  expect(await operation(id)).toMatchObject({ state: 'not_sent' })
})

test('a use that another operation made under the same reservation is not taken for it', async () => {
  const body = { ...bySource, reservation_id: 'room-7' }
  const { body: made } = await post(body)
  const id = await lose(body)
  clock.pass(5_000)
  await lookAtDue(gateway)
  const { state, provider_ids } = await operation(id)
  expect(state).toBe('succeeded')
  expect(provider_ids).not.toContain(made.id)
})

test('another value under the same reservation is left to a person', async () => {
  const id = await lose({ ...bySource, reservation_id: '123-ABC' }, 'Cut-Before')
  clock.pass(5_000)
  await lookAtDue(gateway)
  expect(await operation(id)).toMatchObject({ state: 'unknown', hint: expect.stringContaining('1') })
})

test('a use that is sent again goes under another name, and an earlier one that turns up is told of', async () => {
  const id = await lose(bySource)
  const again = { outcome: 'did_not_happen', send_again: true }
  await gateway.api(`POST /v1/operations/${id}/resolve`, { body: again })
  expect(gateway.simulators.mybeezbox.requests().at(-1)?.body).toMatchObject({ reservation_id: `${id}-2` })
  clock.pass(5_000)
  await lookAtDue(gateway)
  const [earlier, newest] = (await listed()).slice(-2)
  expect(await operation(id)).toMatchObject({
    state: 'succeeded',
    provider_ids: [newest],
    hint: expect.stringContaining(`usage ${earlier} (${id})`),
  })
})
