import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { pollConnection } from '#jobs/poll-connection'
import { dueConnections, returnWatch, takeWatch } from '#mappings/watches'
import type { FaultName } from '#simulators/core/faults'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { placeOrder } from '#test/order-people'
import { pollAll, watchesOf } from '#test/polling'
import { seedOrder } from '#test/seeded-order'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const LIMIT = { PROVIDER_TIMEOUT_MS: '3000' }

let time: number
let gateway: TestGateway
const now = () => new Date(time)
beforeEach(async () => {
  time = Date.parse('2026-11-21T12:00:00.000Z')
  gateway = await startTestGateway({ now, environment: LIMIT })
  onTestFinished(gateway.close)
})

const homebox = () => gateway.simulators.homebox
const arm = (fault: FaultName, times = 1) => homebox().arm({ fault, operation: 'orders.get', times })
/** Failures in a row of every order, fewest first. */
const orders = async () =>
  (await watchesOf(gateway.services, 'order')).map(({ failures }) => failures).toSorted()
/** Milliseconds until the last order is due. */
const wait = async () =>
  Math.max(...(await watchesOf(gateway.services, 'order')).map(({ next_at }) => Number(next_at) - time))
const reads = () =>
  homebox()
    .requests()
    .filter(({ method, path }) => method === 'GET' && /order\/\d+$/.test(path))
const looks = async () => {
  const { values } = await gateway.services.metrics.polls.get()
  const ofOrders = values.filter(({ labels }) => labels.kind === 'order')
  return Object.fromEntries(ofOrders.map(({ labels, value }) => [labels.outcome, value]))
}

describe('an order that cannot be read', () => {
  test('stands in nobody’s way, and waits longer each time', async () => {
    await seedOrder(gateway, { providerId: '999999' })
    const good = await placeOrder(gateway)
    homebox().happen.setOrderStatus(Number(good.homeboxId), { id: 0, text: 'Cancelled' })
    await pollAll(gateway.services)
    expect((await gateway.api(`GET ${good.path}`)).body.status).toBe('cancelled')
    expect([await orders(), await wait()]).toEqual([[0, 1], 2 * MINUTE])
    time += 2 * MINUTE
    await pollAll(gateway.services)
    expect([await orders(), await wait()]).toEqual([[0, 2], 4 * MINUTE])
  })

  test('is left alone for a day from the eighth time on, and forgiven once it can be read', async () => {
    await placeOrder(gateway)
    arm('refused', 8)
    for (let failures = 0; failures < 7; failures += 1) {
      await pollAll(gateway.services)
      time += await wait()
    }
    await pollAll(gateway.services)
    expect([await looks(), await wait()]).toEqual([{ failed: 7, parked: 1 }, DAY])
    time += DAY
    await pollAll(gateway.services)
    expect([await looks(), await orders()]).toEqual([{ failed: 7, parked: 1, looked: 1 }, [0]])
  })
})

describe('a provider that', () => {
  test.each(['unauthorized', 'rate-limited'] as const)(
    'answers with %s ends the round, and is held against no order',
    async fault => {
      for (let count = 0; count < 3; count += 1) await placeOrder(gateway)
      homebox().arm({ fault, operation: 'orders.get', times: 10, ms: 60_000 })
      const before = reads().length
      await pollAll(gateway.services)
      expect([reads().length - before, await looks(), await orders()]).toEqual([1, { held: 1 }, [0, 0, 0]])
      expect(await wait()).toBe(2 * MINUTE)
    },
  )

  test('is down ends each round after one look, and is held against no order', async () => {
    for (let count = 0; count < 4; count += 1) await placeOrder(gateway)
    arm('unavailable', 100)
    for (let round = 0; round < 3; round += 1) await pollAll(gateway.services)
    expect([await looks(), await orders()]).toEqual([{ held: 3 }, [0, 0, 0, 0]])
  })

  test.each([
    ['callers wait for', { used: 0, waiting: 1 }],
    ['has half of its allowance used up', { used: 13, waiting: 0 }],
  ])('%s is left to them until the next round', async (_what, use) => {
    const { path } = await placeOrder(gateway)
    const { services } = gateway
    const limit = { window: { requests: 25, ms: 10_000 }, underWay: 0, pausedMs: 0, ...use }
    const state = () => ({ circuit: 'closed' as const, lastSuccessAt: null, limit })
    const before = reads().length
    expect(await pollAll({ ...services, providers: { ...services.providers, state } })).toBe(0)
    expect(reads()).toHaveLength(before)
    expect((await gateway.api(`GET ${path}`)).status).toBe(200)
    await pollAll(services)
    expect(reads()).toHaveLength(before + 1)
  })
})

describe('a round', () => {
  const never = new AbortController().signal
  const round =
    (from: TestGateway, pause: (ms: number) => Promise<void>, signal = never) =>
    async (id: string) =>
      pollConnection({ services: from.services, pause, random: () => 0 }, id, signal)
  const due = async () => (await dueConnections(gateway.services.database.sql, now()))[0] ?? ''

  test('shares what is due with the round of another process, and neither looks at anything twice', async () => {
    const { database, simulators, key } = gateway
    const shared = { database, simulators, now }
    const other = await startTestGateway({ ...shared, environment: { ...LIMIT, BILLBRIDGE_API_KEY: key } })
    onTestFinished(other.close)
    const ids = []
    for (let count = 0; count < 6; count += 1) ids.push((await placeOrder(gateway)).homeboxId)
    const before = reads().length
    const connection = await due()
    const idle = async () => undefined
    await Promise.all([round(gateway, idle)(connection), round(other, idle)(connection)])
    const asked = reads()
      .slice(before)
      .map(({ path }) => path.split('/').at(-1))
    expect(asked.toSorted()).toEqual(ids.toSorted())
  })

  test('waits between two looks, ends within its minute, and leaves the rest for the next', async () => {
    for (let count = 0; count < 3; count += 1) await placeOrder(gateway)
    const waits: number[] = []
    const pause = async (ms: number) => {
      waits.push(ms)
      time += 30_000
    }
    expect(await round(gateway, pause)(await due())).toBe(2)
    expect(waits).toEqual([250, 250])
    expect(await round(gateway, pause)(await due())).toBe(2)
  })

  test('ends after the look under way when the process leaves, and what it has not looked at stays due', async () => {
    for (let count = 0; count < 3; count += 1) await placeOrder(gateway)
    const leaving = new AbortController()
    const before = reads().length
    const pause = async () => leaving.abort()
    expect(await round(gateway, pause, leaving.signal)(await due())).toBe(1)
    expect(reads()).toHaveLength(before + 1)
    expect(await pollAll(gateway.services)).toBe(2)
  })

  test('of a process that died keeps nobody from looking once its time is over', async () => {
    await placeOrder(gateway)
    const { sql } = gateway.services.database
    const until = new Date(time + MINUTE)
    const taken = await takeWatch(sql, await due(), { now: now(), until })
    if (!taken) throw new Error('nothing is due')
    expect(await pollAll(gateway.services)).toBe(0)
    time += MINUTE
    expect(await pollAll(gateway.services)).toBe(2)
    const after = await watchesOf(gateway.services, 'order')
    await returnWatch(sql, taken, { nextAt: null, failures: 9, lookedAt: null })
    expect(await watchesOf(gateway.services, 'order')).toEqual(after)
  })
})
