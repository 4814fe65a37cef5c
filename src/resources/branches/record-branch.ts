import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import { resourcesOf } from '#mappings/lookups'
import { claimMapping } from '#mappings/store'
import type { Connection } from '#providers/call-context'
import type { Appearance, ProviderBranch } from '#providers/port/branches'
import { type BranchRow, findBranchRow, insertBranch, updateBranchRow } from '#resources/branches/store'
import { newUuid } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

/** The branch with what its provider says of it; what it does not say stays as it was. */
export function withAppearance(row: BranchRow, seen: Appearance, at: Date): BranchRow {
  return {
    ...row,
    name: seen.name ?? row.name,
    reference_number: seen.reference_number ?? row.reference_number,
    theme_color_primary: seen.theme_color_primary ?? row.theme_color_primary,
    logo_url: seen.logo_url ?? row.logo_url,
    management_fee: seen.management_fee ?? row.management_fee,
    updated_at: at,
  }
}

/** Keeps what a provider says of a branch that we know. Null when it is gone. */
export async function recordAppearance(
  tx: Tx,
  scope: Scope,
  uuid: string,
  { seen, at }: { seen: Appearance; at: Date },
): Promise<BranchRow | null> {
  const row = await findBranchRow(tx, scope, uuid)
  if (!row) return null
  const known = withAppearance(row, seen, at)
  updateBranchRow(tx, scope, known)
  return known
}

/** Gives a branch that nobody has seen before its id, in the caller's commit. Returns its UUID. */
export async function meetBranch(
  tx: Tx,
  scope: Scope,
  { id: providerId, ...seen }: ProviderBranch,
  { connection, at }: { connection: Pick<Connection, 'id' | 'provider'>; at: Date },
): Promise<string> {
  const { id: connectionId, provider } = connection
  const providerResource = 'branch'
  const uuid = newUuid()
  const resource = { prefix: 'branch' as const, uuid }
  if (await claimMapping(tx, scope, { resource, connectionId, provider, providerResource, providerId, at })) {
    const whose = { account_id: scope.accountId, mode: scope.mode, provider, connection_id: connectionId }
    insertBranch(tx, { id: uuid, ...whose, ...seen, metadata: {}, created_at: at, updated_at: at })
    return uuid
  }
  const through = { accountId: scope.accountId, connectionId, providerResource }
  return (await resourcesOf(tx, through, [providerId])).get(providerId) ?? uuid
}
