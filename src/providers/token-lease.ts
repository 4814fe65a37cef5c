import { randomUUID } from 'node:crypto'
import type { Clock } from '#providers/clock'
import type { Ledger } from '#providers/ledger'
import type { AccessToken } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import type { Step, TokenRecord } from '#providers/token-record'
import { NO_TOKEN, nextStep, withFailure, withToken } from '#providers/token-record'

export type FetchToken = () => Promise<AccessToken>

/** Nobody fetches a token at the moment, since somebody has failed to just now. */
export class TokenPause extends Error {
  readonly refused: boolean
  readonly retryAfterMs: number

  constructor({ refused, retryAfterMs }: { readonly refused: boolean; readonly retryAfterMs: number }) {
    super('no token is fetched at the moment')
    this.refused = refused
    this.retryAfterMs = retryAfterMs
  }
}

/** Whether a fetch failed because the provider does not take the credentials. */
export function isRefusal(err: unknown): boolean {
  return err instanceof TokenPause
    ? err.refused
    : err instanceof ProviderError && err.facts.outcome === 'refused'
}

export interface TokenLeaseDeps {
  readonly clock: Clock
  readonly ledger: Ledger<TokenRecord>
  /** Milliseconds after which a fetch is over, or its process is dead. */
  readonly longestFetchMs: number
}

/** How often the others look whether the token has come. */
const LOOK_MS = 100

/**
 * The token that all processes use, fetched by one of them while the others wait. Throws what `fetch` throws, and
 * TokenPause after another process's failure. When the ledger cannot be reached, each process fetches for itself.
 */
export function createTokenLease({ clock, ledger, longestFetchMs }: TokenLeaseDeps) {
  const look = (key: string, id: string, rejected: string | undefined): Promise<Step | null> =>
    ledger
      .change(key, (record, now) =>
        nextStep(record ?? NO_TOKEN, { id, rejected, longestMs: longestFetchMs }, now),
      )
      .catch(() => null)

  /** Whether it can be told to the others or not, this process knows how the fetch ended. */
  async function tell(key: string, change: (record: TokenRecord, now: number) => TokenRecord): Promise<void> {
    await ledger
      .change(key, (record, now) => ({ next: change(record ?? NO_TOKEN, now), result: null }))
      .catch(() => null)
  }

  async function fetchForAll(key: string, id: string, fetch: FetchToken): Promise<AccessToken> {
    try {
      const token = await fetch()
      await tell(key, record => withToken(record, id, token))
      return token
    } catch (err) {
      await tell(key, (record, now) => withFailure(record, id, isRefusal(err), now))
      throw err
    }
  }

  return async (key: string, fetch: FetchToken, rejected: string | undefined): Promise<AccessToken> => {
    const id = randomUUID()
    for (let waitedMs = 0; waitedMs <= longestFetchMs; waitedMs += LOOK_MS) {
      const step = await look(key, id, rejected)
      if (step === null) return fetch()
      if (step.kind === 'use') return step.token
      if (step.kind === 'fetch') return fetchForAll(key, id, fetch)
      if (step.kind === 'leave') throw new TokenPause(step)
      await new Promise<void>(resolve => clock.after(LOOK_MS, resolve))
    }
    throw new TokenPause({ refused: false, retryAfterMs: LOOK_MS })
  }
}
