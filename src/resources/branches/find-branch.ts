import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { providerIdThrough } from '#mappings/lookups'
import { listMappings } from '#mappings/store'
import type { Connection } from '#providers/call-context'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

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

/** The branch that a request acts for. Throws `validation_failed` for one that is not known through this connection. */
export async function demandBranch(
  services: Pick<Services, 'database'>,
  { caller }: Call,
  branchId: string,
  { id: connectionId, provider }: Connection,
): Promise<KnownBranch> {
  const uuid = uuidOf('branch', branchId)
  const through = { accountId: caller.accountId, connectionId, providerResource: 'branch' }
  const providerId = await providerIdThrough(services.database.sql, through, uuid)
  if (providerId !== null) return { uuid, provider, providerId }
  throw unknownBranch()
}

export function unknownBranch(): Error {
  return invalid({ pointer: '/branch_id', code: 'unknown_branch', message: 'is no branch of yours' })
}
