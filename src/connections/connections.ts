import { type Mode, type ProviderId, providerIds } from '#contract/common'
import type { Caller } from '#http/caller'
import type { Connection } from '#providers/call-context'

/** A connection that the process itself brings along: from its environment, or a simulator that it started. */
export interface GivenConnection {
  readonly provider: ProviderId
  readonly source: 'environment' | 'simulator'
  readonly baseUrl: string
  readonly credentials: Readonly<Record<string, string>>
}

export interface Connections {
  /** The connections that an account may use in its mode, by provider, in the order of the registry. */
  of(caller: Pick<Caller, 'accountId' | 'mode'>): ReadonlyMap<ProviderId, Connection>
}

/** `given` is lent to every account in `mode`; no connection of the other mode is ever handed out. */
export function createConnections(mode: Mode, given: readonly Connection[]): Connections {
  const byProvider = providerIds.flatMap(provider => {
    const connection = given.find(candidate => candidate.provider === provider && candidate.mode === mode)
    return connection ? [[provider, connection] as const] : []
  })
  const lent: ReadonlyMap<ProviderId, Connection> = new Map(byProvider)
  const none: ReadonlyMap<ProviderId, Connection> = new Map()
  return { of: caller => (caller.mode === mode ? lent : none) }
}
