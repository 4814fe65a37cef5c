import { expect, onTestFinished, test } from 'vitest'
import { applied, kinds } from '#test/crash-kinds'
import { createWorld, type Service, until, type World } from '#test/crash-world'
import { expectProblem } from '#test/expect-problem'
import { household } from '#test/households'
import { startPostgresProxy } from '#test/postgres-proxy'

const CALLERS = 6
const kind = kinds['a Homebox order']

function world(): Promise<World> {
  return createWorld(onTestFinished)
}

const isStopping = (line: string) => line.includes('"msg":"stopping"')

/** Asks for quotes, one after the other, until `enough`; answers the statuses. Rejects when a connection breaks. */
async function askAgainAndAgain(service: Service, enough: () => boolean): Promise<number[]> {
  const statuses: number[] = []
  while (!enough()) {
    const body = household({ providers: ['homebox'] })
    statuses.push((await service.call('POST /v1/quotes', { body })).status)
  }
  return statuses
}

test('SIGTERM under load: not ready at once, every request answered, no connection broken, exit code 0', async () => {
  const { start, simulators } = await world()
  const service = await start()
  simulators.homebox.arm({ fault: 'slow', operation: 'packages.list', times: 1, ms: 3_000 })
  const slow = service.call('POST /v1/quotes', { body: household({ providers: ['homebox'] }) })
  await until('the slow request', () => (simulators.homebox.requests().length > 0 ? true : null))
  let turnedAway = false
  const callers = Array.from({ length: CALLERS }, () => askAgainAndAgain(service, () => turnedAway))
  await until('load', () => (simulators.homebox.requests().length > 2 * CALLERS ? true : null))

  const ended = service.process.end('SIGTERM')
  await service.process.line(isStopping)
  expectProblem(await service.call('GET /health/ready', { key: null }), 'service_unavailable')
  const live = await service.call('GET /health/live', { key: null })
  expect([live.status, live.headers['connection']]).toEqual([200, 'close'])
  turnedAway = true

  const statuses = (await Promise.all(callers)).flat()
  expect(new Set(statuses)).toEqual(new Set([201]))
  expect((await slow).body).toMatchObject({ status: 'complete' })
  expect(await ended).toBe(0)
  expect(service.process.stdout.filter(line => /"level":(50|60)/.test(line))).toEqual([])
})

/** A service with an order that its provider has made, whose commit stands still: it cannot end in time. */
async function stuck() {
  const whole = await world()
  const proxy = await startPostgresProxy(whole.database.url)
  onTestFinished(proxy.close)
  const service = await whole.start(proxy.url)
  const there = proxy.stopAt(2, 'before')
  const headers = { 'idempotency-key': 'order-1' }
  const place = (at: Service) => at.call(kind.route, { body: kind.body, headers })
  const placed = place(service).catch((err: unknown) => err)
  await there
  return { ...whole, service, placed, place }
}

/** What the same request with the same key is answered after a restart. */
async function afterRestart({ start, simulators, place }: Awaited<ReturnType<typeof stuck>>) {
  const next = await start()
  const answer = await until('an answer', async () => {
    const again = await place(next)
    return again.status === 409 ? null : again
  })
  expect([200, 201, 202]).toContain(answer.status)
  expect(applied(simulators, kind)[0]).toBe(1)
  expect(await next.process.end('SIGTERM')).toBe(0)
}

test('a second SIGTERM ends it at once with 1, and what was under way is found as it was left', async () => {
  const given = await stuck()
  const { child, ended, line, stdout } = given.service.process
  child.kill('SIGTERM')
  await line(isStopping)
  // Within a second it counts as the echo of the first.
  await until('its end', () => (child.kill('SIGTERM') && child.exitCode === null ? null : true))
  expect(await ended).toBe(1)
  expect(stdout.some(text => text.includes('"msg":"stopped"'))).toBe(false)
  expect(await given.placed).toBeInstanceOf(Error)
  await afterRestart(given)
}, 120_000)

test('it ends with 1 when its time is up, and what was under way is found as it was left', async () => {
  const given = await stuck()
  expect(await given.service.process.end('SIGTERM')).toBe(1)
  expect(await given.placed).toBeInstanceOf(Error)
  await afterRestart(given)
}, 120_000)
