import { type Mode, type ProviderId, providerIds } from '#contract/vocabulary'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { Connection } from '#providers/call-context'

/** A connection that the process itself brings along: from its environment, or a simulator that it started. */
export interface GivenConnection {
  readonly provider: ProviderId
  readonly source: 'environment' | 'simulator'
  readonly baseUrl: string
  readonly credentials: Readonly<Record<string, string>>
}

type Whose = Pick<Caller, 'accountId' | 'mode'>

export interface Connections {
  /** The connections that an account may use in its mode, by provider, in the order of the registry. */
  of(caller: Whose): ReadonlyMap<ProviderId, Connection>
  /**
   * The account's own connection, for what shows a provider's whole account. Throws `provider_not_connected` when it has
   * none of its own, even where one is lent to it.
   */
  own(caller: Whose, provider: ProviderId): Connection
  /** Whether what an account uses is another one's: it must see there what it made itself, and nothing else. */
  isLentTo(caller: Whose): boolean
}

/**
 * `given` belongs to the account of the bootstrap key and is lent to every account in `mode`; no connection of the other
 * mode is ever handed out.
 */
export function createConnections(
  mode: Mode,
  given: readonly Connection[],
  ownerAccountId: string | null,
): Connections {
  const byProvider = providerIds.flatMap(provider => {
    const connection = given.find(candidate => candidate.provider === provider && candidate.mode === mode)
    return connection ? [[provider, connection] as const] : []
  })
  const lent: ReadonlyMap<ProviderId, Connection> = new Map(byProvider)
  const none: ReadonlyMap<ProviderId, Connection> = new Map()
  const of = (caller: Whose) => (caller.mode === mode ? lent : none)
  const isLentTo = (caller: Whose) => caller.accountId !== ownerAccountId
  return {
    of,
    isLentTo,
    own: (caller, provider) => {
      const connection = isLentTo(caller) ? undefined : of(caller).get(provider)
      if (connection) return connection
      throw new ProblemError(
        'provider_not_connected',
        `This needs a ${provider} connection of the account's own in ${caller.mode} mode; there is none.`,
      )
    },
  }
}
