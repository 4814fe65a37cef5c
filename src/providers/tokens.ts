import type { AccessToken } from '#providers/port/upstream'

/** Access tokens, one per fingerprint of a connection. */
export interface Tokens {
  /**
   * The token kept under `key`, or the one that `fetch` gets; `fetch` runs once however many callers wait.
   * `rejected` is not handed out again. Throws what `fetch` throws.
   */
  get(key: string, fetch: () => Promise<AccessToken>, rejected?: string): Promise<string>
}
