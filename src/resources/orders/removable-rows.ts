import type { Mode } from '#contract/vocabulary'
import type { Tx } from '#db/tx'

type Scope = { readonly accountId: string; readonly mode: Mode }

const MINE = 'WHERE id = $1 AND account_id = $2 AND mode = $3'

/** How people and invitations are taken off an order. */
export function removableRows(table: 'tenants' | 'invites') {
  const setDeletedAt = `UPDATE ${table} SET deleted_at = $4 ${MINE}`
  const drop = `
    DELETE FROM ${table} ${MINE} AND NOT EXISTS (
      SELECT 1 FROM mappings WHERE mappings.account_id = $2 AND mappings.resource_id = $1)`
  return {
    /** Takes one off its order, or puts it back (null). */
    setDeleted(tx: Tx, { accountId, mode }: Scope, uuid: string, at: Date | null): void {
      tx.write(setDeletedAt, [uuid, accountId, mode, at])
    },

    /** Forgets one that never came to be; one that the provider was seen to have stays. */
    drop(tx: Tx, { accountId, mode }: Scope, uuid: string): void {
      tx.write(drop, [uuid, accountId, mode])
    },
  }
}
