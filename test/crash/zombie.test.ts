import { describe, expect, test } from 'vitest'
import { applied, armAll, changesReceived, isFirstApplied, kinds, wanted } from '#test/crash-kinds'
import { createWorld, type Service, until, type World } from '#test/crash-world'
import { resolveHonestly } from '#test/honest-person'
import { type PostgresProxy, startPostgresProxy, type Stopped } from '#test/postgres-proxy'

const kind = kinds['a Homebox order']
const order = { body: kind.body, headers: { 'idempotency-key': 'the-one-and-only' } }
/** Long enough to be put to sleep in, on a busy machine too. */
const ANSWERED_LATE_MS = 2_500

/** Where the process falls asleep, and what holds it there beside that. */
const asleep: Readonly<Record<string, (world: World, proxy: PostgresProxy) => Promise<Stopped | null>>> = {
  'before it sends': (_, proxy) => proxy.stopAt(1, 'after'),
  'while the provider answers': async ({ simulators }) => {
    armAll(simulators, kind.first, 'slow', ANSWERED_LATE_MS)
    await until('the effect', () => isFirstApplied(simulators, kind) || null)
    return null
  },
  'with the answer in its hand': (_, proxy) => proxy.stopAt(2, 'before', 'BEGIN'),
}

/** The id of the only order, once its outcome has been given up as unknown. */
function whenTakenOver(service: Service): Promise<string> {
  return until('the recovery', async () => {
    const { body } = await service.call('GET /v1/events?type=operation.unknown')
    return body.data[0]?.data.resource ?? null
  })
}

async function everythingTold(service: Service): Promise<unknown> {
  return (await service.call('GET /v1/events?limit=100')).body.data
}

describe.concurrent('a process that sleeps through its lease', () => {
  test.for(Object.keys(asleep))(
    '%s finds its write refused when it wakes up, and sends nothing more',
    { timeout: 120_000 },
    async (moment, { onTestFinished }) => {
      const world = await createWorld(onTestFinished)
      const proxy = await startPostgresProxy(world.database.url)
      onTestFinished(proxy.close)
      const [zombie, other] = await Promise.all([world.start(proxy.url), world.start()])
      const fallsAsleep = asleep[moment]?.(world, proxy)
      const late = zombie.call(kind.route, order)
      const held = await fallsAsleep
      zombie.process.child.kill('SIGSTOP')

      const id = await whenTakenOver(other)
      await resolveHonestly(other.call, world.simulators, id)
      const done = await until('the end of it', async () => {
        const { body } = await other.call(`GET /v1/orders/${id}`)
        return body.status === 'pending' ? body : null
      })
      expect([done.status, applied(world.simulators, kind)]).toEqual(['pending', wanted(kind)])
      const [told, received] = [await everythingTold(other), changesReceived(world.simulators)]

      zombie.process.child.kill('SIGCONT')
      held?.release()
      const answer = await late
      expect([answer.status, answer.body.id, answer.body.status]).toEqual([201, id, 'pending'])
      expect(changesReceived(world.simulators)).toBe(received)
      expect(applied(world.simulators, kind)).toEqual(wanted(kind))
      expect(await everythingTold(other)).toEqual(told)
      expect((await other.call(`GET /v1/orders/${id}`)).body).toEqual(done)
      const again = await other.call(kind.route, order)
      expect([again.headers['idempotent-replayed'], again.text]).toEqual(['true', answer.text])
    },
  )
})
