import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Api, ApiAnswer } from '#test/api'
import { applied, armAll, changesReceived, type KindName, kinds, wanted } from '#test/crash-kinds'
import { until } from '#test/crash-world'
import type { TestDatabase } from '#test/database'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { resolveHonestly } from '#test/honest-person'
import { payer } from '#test/orders'
import { startPostgresProxy } from '#test/postgres-proxy'

const AT_ONCE = 10
const LONG_MS = 600_000

let time: number
let one: TestGateway
let other: TestGateway
beforeEach(async () => {
  time = Date.now()
  one = await startTestGateway({ now })
  other = await startBeside(one.database)
})
afterEach(async () => {
  await other.close()
  await one.close()
})

const now = () => new Date(time)

/** A further process that works with the same providers. */
function startBeside(
  database: TestDatabase,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestGateway> {
  const environment = { ...settings, BILLBRIDGE_API_KEY: one.key }
  return startTestGateway({ now, environment, database, simulators: one.simulators })
}

const post = (api: Api, name: KindName, key = 'the-one-and-only') =>
  api(kinds[name].route, { body: kinds[name].body, headers: { 'idempotency-key': key } })

function isConflict({ status, body }: ApiAnswer): boolean {
  return status === 409 && body.code === 'idempotency_conflict'
}

describe('two processes on one database', () => {
  test.each(['a Homebox order', 'a lead', 'a Housr order'] as const)(
    'that are sent %s under the same key at once do it once',
    async name => {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) => post(index % 2 ? one.api : other.api, name)),
      )
      const done = answers.filter(answer => !isConflict(answer))
      expect(done.length).toBeGreaterThan(0)
      expect(new Set(done.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(done.map(({ text }) => text)).size).toBe(1)
      expect(done.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1)
      expect(applied(one.simulators, kinds[name])).toEqual(wanted(kinds[name]))
      const replays = await Promise.all([post(one.api, name), post(other.api, name)])
      expect(replays.map(({ text }) => text)).toEqual([done[0]?.text, done[0]?.text])
    },
  )

  test('give both the same answer when a retry comes while the first request only reads any more', async () => {
    const { homebox } = one.simulators
    homebox.arm({ fault: 'slow', operation: 'tenants.list', ms: 300 })
    const first = post(one.api, 'a Homebox order')
    const reads = () =>
      homebox.requests().some(({ method, path }) => method === 'GET' && path.endsWith('/tenant'))
    await until('the reading', () => reads() || null)
    const second = await post(other.api, 'a Homebox order')
    expect(second.status).toBe(201)
    expect((await first).text).toBe(second.text)
    expect(applied(one.simulators, kinds['a Homebox order'])).toEqual([1, 1, 1])
  })

  test('that are told to go on with the same order at once send its step once', async () => {
    one.simulators.homebox.arm({ fault: 'refused', operation: 'tenants.create' })
    const { body: order } = await post(one.api, 'a Homebox order')
    expect(order.status).toBe('action_required')
    const body = { steps: [{ step: 2, tenant: payer({ first_name: 'Janet' }) }] }
    const answers = await Promise.all(
      [one, other, one, other].map(({ api }) => api(`POST /v1/orders/${order.id}/retry`, { body })),
    )
    // Whoever comes late finds the step being sent, or done.
    const refusals = answers.filter(({ status }) => status !== 200).map(({ body: problem }) => problem.code)
    expect(refusals).toHaveLength(answers.length - 1)
    for (const code of refusals) expect(['state_conflict', 'validation_failed']).toContain(code)
    expect(applied(one.simulators, kinds['a Homebox order'])).toEqual([1, 1, 1])
  })

  test('give up an abandoned operation once, and tell of it once', async ({ onTestFinished }) => {
    const third = await startBeside(one.database, { PROVIDER_TIMEOUT_MS: '2000' })
    onTestFinished(third.close)
    armAll(one.simulators, kinds['a lead'].first, 'hang')
    const abandoned = post(third.api, 'a lead')
    await until('the requests', () => changesReceived(one.simulators) === 3 || null)
    time += LONG_MS
    const recovered = await Promise.all([one.services.journal.recover(), other.services.journal.recover()])
    expect(recovered[0] + recovered[1]).toBe(3)
    const { body: told } = await other.api('GET /v1/events?type=operation.unknown')
    expect(told.data).toHaveLength(3)
    expect((await abandoned).status).toBe(202)
    expect((await post(other.api, 'a lead')).body.status).toBe('unknown')
  })

  test('do not both go on with an order that one of them took over from the other', async ({
    onTestFinished,
  }) => {
    const proxy = await startPostgresProxy(one.database.url)
    onTestFinished(proxy.close)
    const stalled = await startBeside({ ...one.database, url: proxy.url })
    onTestFinished(stalled.close)
    const hasAnswer = proxy.stopAt(2, 'before', 'BEGIN')
    const late = post(stalled.api, 'a Homebox order')
    const { release } = await hasAnswer
    time += LONG_MS
    await other.services.journal.recover()
    const { body: page } = await other.api('GET /v1/orders')
    await resolveHonestly(other.api, one.simulators, page.data[0].id)
    expect(applied(one.simulators, kinds['a Homebox order'])).toEqual([1, 1, 1])

    release()
    const answer = await late
    expect([answer.status, answer.body.status]).toEqual([201, 'pending'])
    expect((await post(other.api, 'a Homebox order')).text).toBe(answer.text)
    expect(applied(one.simulators, kinds['a Homebox order'])).toEqual([1, 1, 1])
  })

  test('resolve one unknown operation once, however many persons say the same at once', async () => {
    one.simulators.homebox.arm({ fault: 'answer-lost', operation: 'orders.create' })
    const { body: order } = await post(one.api, 'a Homebox order')
    const [step] = order.steps
    const body = { outcome: 'did_not_happen', send_again: true }
    const answers = await Promise.all(
      [one, other, one, other].map(({ api }) =>
        api(`POST /v1/operations/${step.operation_id}/resolve`, { body }),
      ),
    )
    expect(answers.map(({ status }) => status)).not.toContain(500)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    expect(one.simulators.homebox.effects('orders.create').map(({ body: sent }) => sent)).toMatchObject([
      { reference: order.id },
      { reference: `${order.id}-2` },
    ])
    expect(applied(one.simulators, kinds['a Homebox order'])).toEqual([2, 1, 1])
  })
})
