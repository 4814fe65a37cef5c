import type { Tx } from '#db/tx'

/** Holds an account's row until the commit, if there is one. What is read behind it is read once it is held. */
export function lockRow(
  tx: Tx,
  table: string,
  { accountId, mode }: { readonly accountId: string; readonly mode: string },
  uuid: string,
): void {
  const whose = [uuid, accountId, mode]
  tx.write(`SELECT 1 FROM ${table} WHERE id = $1 AND account_id = $2 AND mode = $3 FOR UPDATE`, whose)
}
