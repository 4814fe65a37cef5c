import { expect, test } from 'vitest'
import { applied, kinds, wanted } from '#test/crash-kinds'
import { until } from '#test/crash-world'
import { createTestDatabase } from '#test/database'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway } from '#test/gateway'
import { resolveHonestly } from '#test/honest-person'
import { startPostgresProxy, type When } from '#test/postgres-proxy'

const kind = kinds['a Homebox order']
const LONG_MS = 600_000

interface Row {
  /** Which COMMIT the connection is lost at, and whether the server had carried it out. */
  readonly commit: number
  readonly when: When
  /** What the request itself is answered. */
  readonly first: number
  /** What a retry is answered at once, and once the lease is over. */
  readonly atOnce: number
  readonly later: number
  readonly replayed: boolean
  readonly operations: readonly string[]
  readonly applied: readonly number[]
}

const done = { operations: ['succeeded', 'succeeded', 'succeeded'], applied: [1, 1, 1] }
const unknown = {
  first: 503,
  atOnce: 409,
  later: 202,
  replayed: false,
  operations: ['unknown', 'planned', 'planned'],
}

const table: readonly Row[] = [
  { commit: 1, when: 'before', first: 503, atOnce: 201, later: 201, replayed: false, ...done },
  { commit: 1, when: 'after', ...unknown, applied: [0, 0, 0] },
  // What the provider has answered is kept until it can be written.
  { commit: 2, when: 'before', first: 201, atOnce: 201, later: 201, replayed: true, ...done },
  {
    commit: 2,
    when: 'after',
    ...unknown,
    operations: ['succeeded', 'unknown', 'planned'],
    applied: [1, 0, 0],
  },
  { commit: kind.commits, when: 'before', first: 503, atOnce: 201, later: 201, replayed: false, ...done },
  { commit: kind.commits, when: 'after', first: 503, atOnce: 201, later: 201, replayed: true, ...done },
]

test.for(table)(
  'a connection lost $when commit $commit was carried out orders nothing twice and loses nothing',
  async (row, { onTestFinished }) => {
    const database = await createTestDatabase()
    onTestFinished(database.drop)
    const proxy = await startPostgresProxy(database.url)
    onTestFinished(proxy.close)
    let time = Date.now()
    const now = () => new Date(time)
    const gateway = await startTestGateway({ now, database: { ...database, url: proxy.url } })
    onTestFinished(gateway.close)
    const { api, services, simulators } = gateway
    const post = () => api(kind.route, { body: kind.body, headers: { 'idempotency-key': 'order-1' } })

    const there = proxy.stopAt(row.commit, row.when)
    const first = post()
    await there
    proxy.cut()
    const answered = await first
    if (answered.status !== 201) expectProblem(answered, 'service_unavailable')

    // Other connections were cut as well, which the pool may not have noticed yet.
    const atOnce = await until('an answer', async () => {
      const answer = await post()
      return answer.status === 503 ? null : answer
    })
    time += LONG_MS
    await services.journal.recover()
    const later = atOnce.status === 409 ? await post() : atOnce
    expect({
      commit: row.commit,
      when: row.when,
      first: answered.status,
      atOnce: atOnce.status,
      later: later.status,
      replayed: later.headers['idempotent-replayed'] === 'true',
      operations: later.body.steps.map((step: { state: string }) => step.state),
      applied: applied(simulators, kind),
    }).toEqual(row)
    await resolveHonestly(api, simulators, later.body.id)
    expect((await api(`GET /v1/orders/${later.body.id}`)).body.status).toBe(kind.done)
    expect(applied(simulators, kind)).toEqual(wanted(kind))
  },
)
