import { describe, expect, test } from 'vitest'
import { createDatabase } from '#db/client'
import type { ApiAnswer } from '#test/api'
import { applied, type Kind, type KindName, kinds, wanted } from '#test/crash-kinds'
import { type MomentName, moments } from '#test/crash-moments'
import { createWorld, type Service, until, type World } from '#test/crash-world'
import { resolveHonestly } from '#test/honest-person'
import { startPostgresProxy } from '#test/postgres-proxy'

interface Row {
  readonly moment: MomentName
  readonly kind: KindName
  /** Status of the answer that the same request with the same key gets after the restart. */
  readonly answer: number
  readonly replayed: boolean
  readonly status: string
  readonly operations: readonly string[]
  /** How often each operation has been carried out by then. */
  readonly applied: readonly number[]
  readonly events: readonly string[]
}

const orderDone = {
  answer: 201,
  status: 'pending',
  operations: ['succeeded', 'succeeded', 'succeeded'],
  applied: [1, 1, 1],
  events: ['order.created', 'order.status_changed'],
}
const orderUnknown = {
  answer: 202,
  replayed: false,
  status: 'unknown',
  operations: ['unknown', 'planned', 'planned'],
  events: ['order.status_changed', 'operation.unknown'],
}
const leadDone = {
  answer: 201,
  status: 'submitted',
  operations: ['submitted', 'submitted', 'submitted'],
  applied: [1, 2],
  events: ['lead.submitted', 'lead.submitted', 'lead.submitted', 'lead.status_changed'],
}
const leadUnknown = {
  answer: 202,
  replayed: false,
  status: 'unknown',
  operations: ['unknown', 'unknown', 'unknown'],
  events: ['operation.unknown', 'operation.unknown', 'operation.unknown'],
}
const housrDone = { ...orderDone, operations: ['succeeded'], applied: [1] }
const housrUnknown = { ...orderUnknown, operations: ['unknown'] }

const table: readonly Row[] = [
  { moment: 'before the claim is committed', kind: 'a Homebox order', ...orderDone, replayed: false },
  { moment: 'before the claim is committed', kind: 'a lead', ...leadDone, replayed: false },
  { moment: 'before the claim is committed', kind: 'a Housr order', ...housrDone, replayed: false },
  { moment: 'after the claim is committed', kind: 'a Homebox order', ...orderUnknown, applied: [0, 0, 0] },
  { moment: 'after the claim is committed', kind: 'a lead', ...leadUnknown, applied: [0, 0] },
  { moment: 'after the claim is committed', kind: 'a Housr order', ...housrUnknown, applied: [0] },
  { moment: 'while it is sent', kind: 'a Homebox order', ...orderUnknown, applied: [0, 0, 0] },
  { moment: 'while it is sent', kind: 'a lead', ...leadUnknown, applied: [0, 0] },
  { moment: 'while it is sent', kind: 'a Housr order', ...housrUnknown, applied: [0] },
  { moment: 'after it was applied', kind: 'a Homebox order', ...orderUnknown, applied: [1, 0, 0] },
  { moment: 'after it was applied', kind: 'a lead', ...leadUnknown, applied: [1, 2] },
  { moment: 'after it was applied', kind: 'a Housr order', ...housrUnknown, applied: [1] },
  { moment: 'before the answer is committed', kind: 'a Homebox order', ...orderUnknown, applied: [1, 0, 0] },
  { moment: 'before the answer is committed', kind: 'a lead', ...leadUnknown, applied: [1, 2] },
  { moment: 'before the answer is committed', kind: 'a Housr order', ...housrUnknown, applied: [1] },
  {
    moment: 'between two steps',
    kind: 'a Homebox order',
    ...orderUnknown,
    operations: ['succeeded', 'unknown', 'planned'],
    applied: [1, 0, 0],
    events: ['order.created', 'order.status_changed', 'operation.unknown'],
  },
  {
    moment: 'between two steps',
    kind: 'a lead',
    ...leadUnknown,
    operations: ['submitted', 'unknown', 'unknown'],
    applied: [1, 2],
    events: ['lead.submitted', 'operation.unknown', 'operation.unknown'],
  },
  { moment: 'before the last commit', kind: 'a Homebox order', ...orderDone, replayed: false },
  {
    moment: 'before the last commit',
    kind: 'a lead',
    ...leadUnknown,
    operations: ['submitted', 'submitted', 'unknown'],
    applied: [1, 2],
    events: ['lead.submitted', 'lead.submitted', 'operation.unknown'],
  },
  { moment: 'after the last commit', kind: 'a Homebox order', ...orderDone, replayed: true },
  { moment: 'after the last commit', kind: 'a lead', ...leadDone, replayed: true },
  { moment: 'after the last commit', kind: 'a Housr order', ...housrDone, replayed: true },
]

/** Enough for all that is to be on its way at once when the victim dies, on a busy machine too. */
const environment = { PROVIDER_TIMEOUT_MS: '20000' }
/** How much of the lease that follows from it nobody has to wait for. */
const SPARED = '32 seconds'

/** Lets what the victim was sending be over sooner, as if time had gone by. */
async function letTimeGoBy(world: World): Promise<void> {
  const database = createDatabase({ connectionString: world.database.url })
  const earlier = `UPDATE operations SET lease_until = lease_until - interval '${SPARED}' WHERE state = 'sending'`
  await database.sql.query(earlier).finally(database.close)
}

/** One of each kind, all on their way at once, when the process is killed. */
async function killAt(moment: MomentName, names: readonly KindName[], world: World): Promise<void> {
  const proxy = await startPostgresProxy(world.database.url)
  world.atEnd(proxy.close)
  const victim = await world.start(proxy.url)
  const clients: Promise<string>[] = []
  for (const name of names) {
    const kind = kinds[name]
    const reached = moments[moment]({ kind, world, proxy })
    const answer = victim.call(kind.route, { body: kind.body, headers: { 'idempotency-key': name } })
    clients.push(
      answer.then(
        ({ text }) => text,
        () => 'cut off',
      ),
    )
    await reached
  }
  await victim.kill()
  expect(await Promise.all(clients)).toEqual(names.map(() => 'cut off'))
  // What the dead process had begun is rolled back by now, or soon.
  proxy.cut()
  await letTimeGoBy(world)
}

/** Asks again and again, as a client would, until the request is no longer said to be running. */
function retry(service: Service, name: KindName): Promise<ApiAnswer> {
  const { route, body } = kinds[name]
  return until('the answer', async () => {
    const answer = await service.call(route, { body, headers: { 'idempotency-key': name } })
    if (answer.status !== 409) return answer
    expect(answer.body.code).toBe('idempotency_conflict')
    expect(answer.headers['retry-after']).toBe('1')
    return null
  })
}

function statesOf({ steps, submissions }: ApiAnswer['body']): string[] {
  if (steps) return steps.map((step: { state: string }) => step.state)
  return submissions.map((submission: { status: string }) => submission.status).toSorted()
}

/** What was told of a resource and its operations, the oldest first. */
async function eventsOf(service: Service, id: string): Promise<string[]> {
  const { body } = await service.call('GET /v1/events?limit=100')
  const events: { type: string; resource: string; data: { resource?: string } }[] = body.data
  return events
    .filter(({ resource, data }) => resource === id || data.resource === id)
    .map(({ type }) => type)
    .toReversed()
}

const HEADERS = ['content-type', 'location'] as const

async function expectReplay(service: Service, name: KindName, first: ApiAnswer): Promise<void> {
  const again = await retry(service, name)
  expect(again.headers['idempotent-replayed']).toBe('true')
  expect([again.status, again.text]).toEqual([first.status, first.text])
  for (const header of HEADERS) expect(again.headers[header]).toBe(first.headers[header])
}

/** What was told in the end, which for an operation whose sender died is when somebody has noticed that. */
function storyOf(service: Service, { body }: ApiAnswer): Promise<string[]> {
  const unknown = statesOf(body).filter(state => state === 'unknown').length
  return until('the recovery', async () => {
    const events = await eventsOf(service, body.id)
    return events.filter(type => type === 'operation.unknown').length === unknown ? events : null
  })
}

/** Nothing of the resource is being sent any more, and it says of itself what the answer said. */
async function expectSettled(service: Service, { body }: ApiAnswer): Promise<void> {
  const sending = await service.call(`GET /v1/operations?state=sending&resource=${body.id}`)
  expect(sending.body.data).toEqual([])
  const shown = await service.call(`GET /v1/${body.object}s/${body.id}`)
  expect([shown.body.status, statesOf(shown.body)]).toEqual([body.status, statesOf(body)])
}

/** Once a person has said what is true, or the gateway has found it, all of it has been done, and once. */
async function expectDoneOnce(service: Service, kind: Kind, world: World, { body }: ApiAnswer) {
  await resolveHonestly(service.call, world.simulators, body.id)
  await until('the end of it', async () => {
    const { body: done } = await service.call(`GET /v1/${body.object}s/${body.id}`)
    return done.status === kind.done || null
  })
  expect(applied(world.simulators, kind)).toEqual(wanted(kind))
}

/** What is lost cannot be found before everything has been looked at here. */
function hideLost({ simulators: { homebox } }: World): void {
  for (const operation of ['orders.list', 'leads.list'])
    homebox.arm({ fault: 'refused', operation, times: 1_000 })
}

async function seenAfter(
  survivor: Service,
  { moment, kind: name }: Row,
  world: World,
): Promise<{ row: Row; answer: ApiAnswer }> {
  const answer = await retry(survivor, name)
  const row = {
    moment,
    kind: name,
    answer: answer.status,
    replayed: answer.headers['idempotent-replayed'] === 'true',
    status: answer.body.status,
    operations: statesOf(answer.body),
    applied: applied(world.simulators, kinds[name]),
    events: await storyOf(survivor, answer),
  }
  await expectSettled(survivor, answer)
  await expectReplay(survivor, name, answer)
  return { row, answer }
}

describe.concurrent('after kill -9', () => {
  test.for([...new Set(table.map(({ moment }) => moment))])(
    '%s, nothing is lost and nothing is done twice',
    { timeout: 120_000 },
    async (moment, { onTestFinished }) => {
      const rows = table.filter(row => row.moment === moment)
      const world = await createWorld(onTestFinished, { environment })
      hideLost(world)
      const names = rows.map(({ kind }) => kind)
      await killAt(moment, names, world)
      const survivor = await world.start()
      const seen: Awaited<ReturnType<typeof seenAfter>>[] = []
      for (const row of rows) seen.push(await seenAfter(survivor, row, world))
      expect(seen.map(({ row }) => row)).toEqual(rows)
      world.simulators.homebox.disarm()
      for (const { row, answer } of seen) await expectDoneOnce(survivor, kinds[row.kind], world, answer)
    },
  )

  test("before the answer is committed, the order is found by the next process, and gone on with, by nobody's word", {
    timeout: 120_000,
  }, async ({ onTestFinished }) => {
    const world = await createWorld(onTestFinished, { environment })
    const name = 'a Homebox order'
    await killAt('before the answer is committed', [name], world)
    const survivor = await world.start()
    const { body } = await retry(survivor, name)
    expect(body.status).toBe('unknown')
    await until('the order', async () => {
      const { body: shown } = await survivor.call(`GET /v1/orders/${body.id}?refresh=true`)
      return ['pending', 'active'].includes(shown.status) || null
    })
    expect(applied(world.simulators, kinds[name])).toEqual(wanted(kinds[name]))
    expect(await eventsOf(survivor, body.id)).toEqual(
      expect.arrayContaining(['operation.unknown', 'operation.settled', 'order.created']),
    )
  })
})
