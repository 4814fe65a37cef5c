import type { Call } from '#http/caller'
import { notFound, ProblemError } from '#http/problem-error'
import { providerIdThrough } from '#mappings/lookups'
import type { Connection } from '#providers/call-context'
import { type BranchRow, findBranchRow } from '#resources/branches/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** A branch at its provider, and the way there. */
export interface ReachableBranch {
  readonly row: BranchRow
  readonly connection: Connection
  readonly providerId: string
}

/**
 * Throws `not_found`, `provider_not_connected` unless it is known through the account's own connection, and
 * `state_conflict` while it is not known to exist at its provider.
 */
export async function reachBranch(
  { database, connections }: Services,
  { caller }: Call,
  branchId: string,
): Promise<ReachableBranch> {
  const row = await findBranchRow(database.sql, caller, uuidOf('branch', branchId))
  if (!row) throw notFound('branch')
  const connection = connections.own(caller, row.provider, row.connection_id)
  const through = { accountId: caller.accountId, connectionId: connection.id, providerResource: 'branch' }
  const providerId = await providerIdThrough(database.sql, through, row.id)
  if (providerId !== null) return { row, connection, providerId }
  throw new ProblemError('state_conflict', `The branch is not known to exist at ${row.provider}.`)
}
