import type { ProviderId } from '#contract/vocabulary'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import type { OperationName } from '#providers/port/index'
import { supporting, supports } from '#providers/registry'
import type { Services } from '#services'

/** The provider that is named, else the first that does this. Throws `capability_not_supported`. */
export function chooseProvider(operation: OperationName, named: ProviderId | null | undefined): ProviderId {
  const able = supporting(operation)
  const provider = named ?? able[0]
  if (provider && supports(provider, operation)) return provider
  throw new ProblemError(
    'capability_not_supported',
    `${provider ?? 'No provider'} does not support ${operation}.`,
    {
      members: { supported_by: able },
    },
  )
}

/** The account's way to a provider, its own or lent to it. Throws `provider_not_connected`. */
export function connectionTo(
  { connections }: Pick<Services, 'connections'>,
  caller: Caller,
  provider: ProviderId,
): Connection {
  const connection = connections.of(caller).get(provider)
  if (connection) return connection
  throw new ProblemError('provider_not_connected', `There is no ${caller.mode} connection to ${provider}.`)
}
