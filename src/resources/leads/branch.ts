import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { listMappings } from '#mappings/store'
import type { Services } from '#services'

/** A branch with the provider that knows it. */
export interface KnownBranch {
  readonly uuid: string
  readonly provider: ProviderId
  readonly providerId: string
}

/** Null for a branch that no provider knows. */
export async function findBranch(
  services: Pick<Services, 'database'>,
  call: Call,
  uuid: string,
): Promise<KnownBranch | null> {
  const filter = { resourceUuid: uuid, provider: null, providerResource: 'branch', providerId: null }
  const [found] = await listMappings(services.database.sql, call.caller, filter, { limit: 1, after: null })
  return found ? { uuid, provider: found.mapping.provider, providerId: found.mapping.provider_id } : null
}

/** The branch as one provider knows it; null for every other provider. */
export function branchAt(provider: ProviderId, branch: KnownBranch | null): string | null {
  return branch?.provider === provider ? branch.providerId : null
}
