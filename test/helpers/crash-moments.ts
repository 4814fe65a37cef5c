import { armAll, changesReceived, isFirstApplied, type Kind } from '#test/crash-kinds'
import { until, type World } from '#test/crash-world'
import type { PostgresProxy } from '#test/postgres-proxy'

/** One request on its way through a service whose database is reached through the proxy. */
export interface Scene {
  readonly kind: Kind
  readonly world: Pick<World, 'simulators'>
  readonly proxy: PostgresProxy
}

const NEVER_MS = 60_000

function sentAtOnce({ first }: Kind): number {
  return first.reduce((sum, { times }) => sum + times, 0)
}

function whenFirstApplied({ world, kind }: Scene): Promise<unknown> {
  return until('the effect', () => isFirstApplied(world.simulators, kind) || null)
}

/** Moments in the life of a request. Each arranges at once what it needs, and resolves when the request has come there. */
export const moments = {
  'before the claim is committed': ({ proxy }) => proxy.stopAt(1, 'before'),
  'after the claim is committed': ({ proxy }) => proxy.stopAt(1, 'after'),
  'while it is sent': ({ world, kind }) => {
    const before = changesReceived(world.simulators)
    armAll(world.simulators, kind.first, 'hang')
    const received = () => changesReceived(world.simulators) - before
    return until('the request', () => received() === sentAtOnce(kind) || null)
  },
  'after it was applied': scene => {
    armAll(scene.world.simulators, scene.kind.first, 'slow', NEVER_MS)
    return whenFirstApplied(scene)
  },
  'before the answer is committed': scene =>
    Promise.all([scene.proxy.stopAt(2, 'before'), whenFirstApplied(scene)]),
  'between two steps': scene => {
    armAll(scene.world.simulators, scene.kind.first.slice(1), 'slow', NEVER_MS)
    return Promise.all([scene.proxy.stopAt(2, 'after'), whenFirstApplied(scene)])
  },
  'before the last commit': ({ proxy, kind }) => proxy.stopAt(kind.commits, 'before'),
  'after the last commit': ({ proxy, kind }) => proxy.stopAt(kind.commits, 'after'),
} as const satisfies Record<string, (scene: Scene) => Promise<unknown>>
export type MomentName = keyof typeof moments
