import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'
import type { AccessToken } from '#providers/port/upstream'

/** Access tokens, one per fingerprint of a connection. */
export interface Tokens {
  /**
   * The token kept under `key`, or the one that `fetch` gets; `fetch` runs once however many callers wait.
   * `rejected` is not handed out again. Throws what `fetch` throws.
   */
  get(key: string, fetch: () => Promise<AccessToken>, rejected?: string): Promise<string>
}

const IDLE_MS = 7_200_000
/** Renewed so long before it ends, or in the last tenth of its life when that is shorter. */
const RENEWED_EARLY_MS = 60_000
const LONGEST_LIFE_MS = 86_400_000
/** For so long after a failed fetch everybody is given its error, so that a broken token endpoint meets no storm. */
export const FAILURE_PAUSE_MS = 250

interface Kept {
  readonly value: string
  readonly renewAt: number
  readonly endsAt: number
}

interface TokenState {
  kept: Kept | null
  pending: Promise<string> | null
  failure: { readonly err: unknown; readonly until: number } | null
}

/** `asked` is when the fetch began: the token lived from somewhen after that, so it never ends earlier than reckoned. */
function keep(token: AccessToken, asked: number): Kept {
  const seconds = Number.isFinite(token.expiresInSeconds) ? token.expiresInSeconds : 0
  const lifeMs = Math.min(Math.max(0, seconds * 1_000), LONGEST_LIFE_MS)
  const early = Math.min(RENEWED_EARLY_MS, lifeMs / 10)
  return { value: token.value, renewAt: asked + lifeMs - early, endsAt: asked + lifeMs }
}

/** Tokens in memory. Lives are measured on a monotonic clock from our own asking, so that clocks may differ. */
export function createTokens({ clock }: { readonly clock: Clock }): Tokens {
  const states = createKeyedState<TokenState>({
    clock,
    idleMs: IDLE_MS,
    atRest: state => state.pending === null,
  })

  async function renew(state: TokenState, fetch: () => Promise<AccessToken>): Promise<string> {
    const asked = clock.now()
    try {
      state.kept = keep(await fetch(), asked)
      return state.kept.value
    } catch (err) {
      state.failure = { err, until: clock.now() + FAILURE_PAUSE_MS }
      // Renewed early: what is there still works for a while.
      if (state.kept && clock.now() < state.kept.endsAt) return state.kept.value
      throw err
    }
  }

  return {
    get: async (key, fetch, rejected) => {
      const state = states.get(key, () => ({ kept: null, pending: null, failure: null }))
      const now = clock.now()
      if (rejected !== undefined && state.kept?.value === rejected) state.kept = null
      if (state.kept && now < state.kept.renewAt) return state.kept.value
      if (!state.pending && state.failure && now < state.failure.until) {
        if (state.kept && now < state.kept.endsAt) return state.kept.value
        throw state.failure.err
      }
      state.pending ??= renew(state, fetch).finally(() => {
        state.pending = null
      })
      return state.pending
    },
  }
}
