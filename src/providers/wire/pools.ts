import { Pool } from 'undici'
import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'
import type { Effect } from '#providers/port/index'
import { guardedLookup, type Resolve, systemResolve } from '#providers/wire/guarded-lookup'
import { publicUrlMistake } from '#values/public-url'

const IDLE_MS = 300_000
const CONNECT_MS = 3_000
/** Nothing that is larger is taken by anyone; each request has a limit of its own below this. */
export const LARGEST_ANSWER = 100 * 1024 * 1024
/** undici's own timers are coarse; ours strike first and these catch what is left. */
const GRACE_MS = 2_000

/** How addresses are called that customers gave: they must not lead into our own network. */
export interface Guard {
  readonly allowPrivate: boolean
  readonly resolve: Resolve
}

const STRICT: Guard = { allowPrivate: false, resolve: systemResolve }

/** Sockets to the providers. */
export interface Pools {
  /** `guarded` checks what the name leads to whenever it connects. */
  pool(origin: string, effect: Effect, guarded?: boolean): Pool
  /** Whether a guarded pool may call this at all. The rules may have been laxer when it was written down. */
  mayReach(origin: string): boolean
  /** Breaks off every request and closes every socket. */
  destroy(): Promise<void>
}

/**
 * Two pools per origin: repeatable calls keep their sockets alive; an unsafe call gets a fresh one, because a kept
 * socket that the provider closes at that very moment would leave a call of unknown outcome that was never read.
 *
 * The number of connections is not bounded here but by the limiter, so that no call waits inside undici, where it
 * could be neither seen nor called back.
 */
export function createPools({
  clock,
  providerMs,
  guard = STRICT,
}: {
  clock: Clock
  providerMs: number
  guard?: Guard | undefined
}): Pools {
  const pools = createKeyedState<Pool>({
    clock,
    idleMs: IDLE_MS,
    onDrop: pool => void pool.close().catch(() => undefined),
  })

  const guardedConnect = { lookup: guardedLookup(guard.resolve, guard.allowPrivate) }

  const open = (origin: string, effect: Effect, guarded: boolean) =>
    new Pool(origin, {
      allowH2: false,
      pipelining: effect === 'unsafe' ? 0 : 1,
      connect: { timeout: Math.min(CONNECT_MS, providerMs), ...(guarded ? guardedConnect : {}) },
      headersTimeout: providerMs + GRACE_MS,
      bodyTimeout: providerMs + GRACE_MS,
      maxResponseSize: LARGEST_ANSWER,
    })

  return {
    pool: (origin, effect, guarded = false) =>
      pools.get(`${effect} ${guarded ? 'guarded' : 'open'} ${origin}`, () => open(origin, effect, guarded)),
    mayReach: origin => publicUrlMistake(origin, guard) === null,
    destroy: async () => {
      await Promise.all([...pools.values()].map(pool => pool.destroy()))
    },
  }
}
