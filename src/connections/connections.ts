import { NO_OWN_CONNECTIONS, type OwnConnections, type Whose } from '#connections/own-connections'
import { type Mode, type ProviderId, providerIds } from '#contract/vocabulary'
import { ProblemError } from '#http/problem-error'
import type { Connection } from '#providers/call-context'

/** A connection that the process itself brings along: from its environment, or a simulator that it started. */
export interface GivenConnection {
  readonly provider: ProviderId
  readonly source: 'environment' | 'simulator'
  readonly baseUrl: string
  readonly credentials: Readonly<Record<string, string>>
}

type Ways = ReadonlyMap<ProviderId, Connection>

/**
 * Which connection serves whom. Those that accounts have entered are known from memory: this process knows its own
 * changes at once and those of others as soon as it is notified; where no notification comes through, half a minute
 * later.
 */
export interface Connections {
  /**
   * The connections for what an account begins in its mode, by provider, in the order of the registry: the one that it
   * has entered, else the given one, its own or lent to it.
   */
  of(caller: Whose): Ways
  /** All connections to a provider that what is the account's may have been made through, the one for what is new first. */
  to(caller: Whose, provider: ProviderId): readonly Connection[]
  /**
   * The connection that something of the account was made through, for what is done to it later: a given one also when
   * the account has entered one of its own since. Null when it is not there any more.
   */
  through(caller: Whose, connectionId: string): Connection | null
  /**
   * The account's own connection, for what shows a provider's whole account. Throws `provider_not_connected` when it has
   * none of its own, even where one is lent to it. With an id it is the one that something was made through.
   */
  own(caller: Whose, provider: ProviderId, connectionId?: string): Connection
  /** The given connections that belong to this account. */
  givenTo(caller: Whose): Ways
  /** Learns at once what accounts have changed. */
  reload(): Promise<void>
}

/**
 * `given` belongs to the account of the bootstrap key and is lent to every account in `mode` that has entered none of its
 * own; no connection of the other mode is ever handed out.
 */
export function createConnections(
  mode: Mode,
  given: readonly Connection[],
  ownerAccountId: string | null,
  entered: OwnConnections = NO_OWN_CONNECTIONS,
): Connections {
  const inOrder = (find: (provider: ProviderId) => Connection | undefined): Ways =>
    new Map(
      providerIds.flatMap(provider => {
        const connection = find(provider)
        return connection ? [[provider, connection] as const] : []
      }),
    )
  const lent = inOrder(provider => given.find(one => one.provider === provider && one.mode === mode))
  const none: Ways = new Map()
  const lentTo = (caller: Whose) => (caller.mode === mode ? lent : none)
  const givenTo = (caller: Whose) => (caller.accountId === ownerAccountId ? lentTo(caller) : none)
  const both = (caller: Whose) => [entered.of(caller), lentTo(caller)] as const
  return {
    of: caller => {
      const [mine, others] = both(caller)
      return mine.size === 0 ? others : inOrder(provider => mine.get(provider) ?? others.get(provider))
    },
    to: (caller, provider) => both(caller).flatMap(ways => ways.get(provider) ?? []),
    through: (caller, connectionId) =>
      both(caller)
        .flatMap(ways => [...ways.values()])
        .find(({ id }) => id === connectionId) ?? null,
    own: (caller, provider, connectionId) => {
      const ways = [entered.of(caller), givenTo(caller)].flatMap(own => own.get(provider) ?? [])
      const connection = ways.find(({ id }) => connectionId === undefined || id === connectionId)
      if (connection) return connection
      if (ways.length > 0)
        throw new ProblemError('provider_not_connected', 'The connection of this is not there any more.')
      throw new ProblemError(
        'provider_not_connected',
        `This needs a ${provider} connection of the account's own in ${caller.mode} mode; there is none.`,
      )
    },
    givenTo,
    reload: entered.reload,
  }
}
