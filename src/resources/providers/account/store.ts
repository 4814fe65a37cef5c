import type { Mode } from '#contract/vocabulary'
import type { Tx } from '#db/tx'

/** Holds the row of a connection until the commit. */
export async function lockConnection(
  tx: Tx,
  scope: { readonly accountId: string; readonly mode: Mode },
  uuid: string,
): Promise<void> {
  const values = [uuid, scope.accountId, scope.mode]
  await tx.query(
    'SELECT 1 FROM connections WHERE id = $1 AND account_id = $2 AND mode = $3 FOR UPDATE',
    values,
  )
}
