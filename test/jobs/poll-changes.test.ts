import { expect, onTestFinished, test } from 'vitest'
import { planRounds, startPolling } from '#jobs/poll-changes'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { placeOrder } from '#test/order-people'

/** pg-boss looks into its queues every few seconds. */
const PATIENCE = { timeout: 45_000, interval: 50 }
const PATIENT = { timeout: 60_000 }

async function start(changes: Parameters<typeof startTestGateway>[0] = {}): Promise<TestGateway> {
  const gateway = await startTestGateway(changes)
  onTestFinished(gateway.close)
  return gateway
}

function poll({ services, database }: TestGateway) {
  const polling = startPolling({ services, databaseUrl: database.url })
  onTestFinished(polling.stop)
  return polling
}

test('pg-boss has what is due looked at, in one of two processes', PATIENT, async () => {
  const gateway = await start()
  const { database, simulators, key } = gateway
  const other = await start({ database, simulators, environment: { BILLBRIDGE_API_KEY: key } })
  const order = await placeOrder(gateway)
  simulators.homebox.happen.setOrderStatus(Number(order.homeboxId), { id: 9, text: 'Cancelled' })
  const both = [poll(gateway), poll(other)]
  await Promise.all(both.map(({ started }) => started))
  await expect
    .poll(async () => (await gateway.api(`GET ${order.path}`)).body.status, PATIENCE)
    .toBe('cancelled')
  await Promise.all(both.map(polling => polling.stop()))
  const reads = simulators.homebox.requests().filter(({ path }) => path.endsWith(`/${order.homeboxId}`))
  expect(reads).toHaveLength(1)
  const told = (await gateway.api(`GET /v1/events?resource=${order.id}&type=order.status_changed`)).body.data
  expect(told[0].data).toMatchObject({ status: 'cancelled', previous_status: 'pending' })
})

test('a connection that something is due through gets one job, named after it', async () => {
  const gateway = await start()
  const sent: unknown[] = []
  const send = async (...args: unknown[]) => sent.push(args)
  expect(await planRounds(gateway.services, send)).toEqual([])
  await placeOrder(gateway)
  await placeOrder(gateway)
  const [connection_id, ...others] = await planRounds(gateway.services, send)
  expect(others).toEqual([])
  expect(sent).toEqual([['poll-connection', { connection_id }, { singletonKey: connection_id }]])
})

test('polling starts by itself once the database is there, and stops while it is not', PATIENT, async () => {
  const gateway = await start()
  const url = new URL(gateway.database.url)
  url.pathname = '/not_there'
  const polling = startPolling({ services: gateway.services, databaseUrl: url.href })
  await expect.poll(() => gateway.logs.join('\n'), PATIENCE).toContain('jobs could not be started')
  await polling.stop()
})
