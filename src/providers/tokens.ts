import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'
import type { Ledger } from '#providers/ledger'
import type { AccessToken } from '#providers/port/upstream'
import type { FetchToken } from '#providers/token-lease'
import { createTokenLease, isRefusal, TokenPause } from '#providers/token-lease'
import type { TokenRecord } from '#providers/token-record'
import { lifeOf, pauseAfter, REFUSED_PAUSE_MS } from '#providers/token-record'

/** Access tokens, one per fingerprint of a connection. */
export interface Tokens {
  /**
   * The token kept under `key`, or the one that `fetch` gets; `fetch` runs once however many callers wait.
   * `rejected` is not handed out again. Throws what `fetch` throws, and TokenPause when it must not run now.
   */
  get(key: string, fetch: FetchToken, rejected?: string): Promise<string>
}

const IDLE_MS = 7_200_000
const LONGEST_FETCH_MS = 120_000

interface Kept {
  readonly value: string
  readonly renewAt: number
  readonly endsAt: number
}

interface TokenState {
  kept: Kept | null
  pending: Promise<string> | null
  failure: { readonly err: unknown; readonly until: number } | null
  /** Until when a token that is refused is not renewed: the one before it was refused as well. */
  renewedUntil: number
}

export interface TokensDeps {
  readonly clock: Clock
  /** Keeps the tokens of all processes; each fetches its own when left out. */
  readonly ledger?: Ledger<TokenRecord>
  readonly longestFetchMs?: number
}

/**
 * Tokens in memory, so that having one costs nothing, in front of those that processes share. Lives are measured on a
 * monotonic clock from our own asking, so that clocks may differ.
 */
export function createTokens({ clock, ledger, longestFetchMs = LONGEST_FETCH_MS }: TokensDeps): Tokens {
  const states = createKeyedState<TokenState>({
    clock,
    idleMs: IDLE_MS,
    atRest: state => state.pending === null,
  })
  const obtain = ledger
    ? createTokenLease({ clock, ledger, longestFetchMs })
    : (_key: string, fetch: FetchToken) => fetch()

  async function renew(state: TokenState, fetch: () => Promise<AccessToken>): Promise<string> {
    const asked = clock.now()
    try {
      const token = await fetch()
      state.kept = { value: token.value, ...lifeOf(token, asked) }
      return state.kept.value
    } catch (err) {
      state.failure = { err, until: clock.now() + pauseAfter(isRefusal(err)) }
      // Renewed early: what is there still works for a while.
      if (state.kept && clock.now() < state.kept.endsAt) return state.kept.value
      throw err
    }
  }

  /** Throws TokenPause when the token that is refused was itself fetched in place of a refused one just now. */
  function discard(state: TokenState, now: number): void {
    if (now < state.renewedUntil)
      throw new TokenPause({ refused: true, retryAfterMs: state.renewedUntil - now })
    state.kept = null
    state.renewedUntil = now + REFUSED_PAUSE_MS
  }

  return {
    get: async (key, fetch, rejected) => {
      const state = states.get(key, () => ({ kept: null, pending: null, failure: null, renewedUntil: 0 }))
      const now = clock.now()
      if (rejected !== undefined && state.kept?.value === rejected) discard(state, now)
      if (state.kept && now < state.kept.renewAt) return state.kept.value
      if (!state.pending && state.failure && now < state.failure.until) {
        if (state.kept && now < state.kept.endsAt) return state.kept.value
        throw state.failure.err
      }
      state.pending ??= renew(state, () => obtain(key, fetch, rejected)).finally(() => {
        state.pending = null
      })
      return state.pending
    },
  }
}
