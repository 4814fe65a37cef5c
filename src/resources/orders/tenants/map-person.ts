import type { ProviderId } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import { claimMapping } from '#mappings/store'

/** A tenant or invitation of ours with the provider's id of it. */
interface Identified {
  readonly resource: { readonly prefix: 'tenant' | 'invite'; readonly uuid: string }
  readonly providerId: string
  readonly at: Date
}

/** False where the provider's object is mapped already: to somebody of another order. */
export function mapPerson(
  tx: Tx,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  connection: { readonly id: string; readonly provider: ProviderId },
  { resource, providerId, at }: Identified,
): Promise<boolean> {
  const { id: connectionId, provider } = connection
  const providerResource = resource.prefix
  return claimMapping(tx, scope, { resource, connectionId, provider, providerResource, providerId, at })
}
