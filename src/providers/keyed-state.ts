import type { Clock } from '#providers/clock'

export interface KeyedState<V> {
  /** The state of this key, made when there is none. */
  get(key: string, create: () => V): V
  /** The state of this key when there is one; does not count as use. */
  peek(key: string): V | undefined
  values(): Iterable<V>
}

/**
 * State per key that does not grow for ever: what was not used for `idleMs` and is at rest is dropped when a new key
 * comes.
 */
export function createKeyedState<V>(options: {
  readonly clock: Clock
  readonly idleMs: number
  readonly atRest?: (state: V) => boolean
  readonly onDrop?: (state: V) => void
}): KeyedState<V> {
  const { clock, idleMs, atRest = () => true, onDrop } = options
  const entries = new Map<string, { state: V; usedAt: number }>()

  function sweep(now: number): void {
    for (const [key, { state, usedAt }] of entries) {
      if (now - usedAt < idleMs || !atRest(state)) continue
      entries.delete(key)
      onDrop?.(state)
    }
  }

  return {
    get: (key, create) => {
      const now = clock.now()
      const known = entries.get(key)
      if (known) {
        known.usedAt = now
        return known.state
      }
      sweep(now)
      const state = create()
      entries.set(key, { state, usedAt: now })
      return state
    },
    peek: key => entries.get(key)?.state,
    values: () => [...entries.values()].map(entry => entry.state),
  }
}
