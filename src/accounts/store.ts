import { z } from 'zod'
import type { Metadata } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'

const AccountRow = z.object({ id: z.string(), vault_check: z.instanceof(Uint8Array).nullable() })

const INSERT = 'INSERT INTO accounts (id, name, metadata, created_at) VALUES ($1, $2, $3, $4)'
const FIND_BOOTSTRAP = `SELECT id, vault_check FROM accounts WHERE bootstrap = 'bootstrap'`
const EXISTS = 'SELECT 1 FROM accounts WHERE id = $1'

/** The account that the environment's key and connections belong to; null before the first start. */
export async function findBootstrapAccount(sql: Sql): Promise<z.output<typeof AccountRow> | null> {
  const { rows } = await sql.query(FIND_BOOTSTRAP)
  return rows.length === 0 ? null : AccountRow.parse(rows[0])
}

export async function isAccount(sql: Sql, uuid: string): Promise<boolean> {
  return (await sql.query(EXISTS, [uuid])).rowCount > 0
}

export interface NewAccount {
  readonly uuid: string
  readonly name: string
  readonly metadata: Metadata
  readonly at: Date
}

export function insertAccount(tx: Tx, { uuid, name, metadata, at }: NewAccount): void {
  tx.write(INSERT, [uuid, name, JSON.stringify(metadata), at])
}
