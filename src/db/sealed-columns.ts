import { z } from 'zod'
import type { Sql } from '#db/tx'
import { type Vault, VaultError } from '#db/vault'

/** A column of sealed values, and what each of them is sealed to. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** Columns of text or uuid that the context is made of, besides the id. */
  readonly from?: readonly string[]
  readonly contextOf: (row: Readonly<Record<string, string>>) => string
}

const CHUNK = 200

const Row = z.object({
  id: z.string(),
  sealed: z.instanceof(Uint8Array),
  named: z.record(z.string(), z.string()),
})

/** Values that are not sealed with the first key, by id, so that those that cannot be opened are passed over. */
function chunkOf({ table, column, from = [] }: SealedColumn): string {
  const named = ['id', ...from].map(name => `'${name}', ${name}::text`).join(', ')
  return `
    SELECT id, ${column} AS sealed, jsonb_build_object(${named}) AS named FROM ${table}
    WHERE ${column} IS NOT NULL AND substring(${column} FROM 1 FOR length($1::bytea)) <> $1 AND id > $2
    ORDER BY id LIMIT ${CHUNK}`
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Seals one value anew, unless somebody else has written it meanwhile. False when no key of ours opens it. */
async function resealRow(
  sql: Sql,
  vault: Vault,
  { table, column, contextOf }: SealedColumn,
  { id, sealed, named }: z.output<typeof Row>,
): Promise<boolean> {
  const context = contextOf(named)
  try {
    const anew = vault.seal(vault.open(sealed, context), context)
    const update = `UPDATE ${table} SET ${column} = $3 WHERE id = $1 AND ${column} = $2`
    await sql.query(update, [id, Buffer.from(sealed), anew])
    return true
  } catch (err) {
    if (err instanceof VaultError) return false
    throw err
  }
}

/**
 * Seals with the first key what an older one has sealed. Harmless in several processes at once. Returns how many values
 * were sealed anew, and how many no key of ours opens.
 */
export async function resealColumn(
  sql: Sql,
  vault: Vault,
  column: SealedColumn,
): Promise<{ resealed: number; unreadable: number }> {
  const counts = { resealed: 0, unreadable: 0 }
  const statement = chunkOf(column)
  for (let after = FIRST_ID; ; ) {
    const { rows } = await sql.query(statement, [vault.header, after])
    const chunk = z.array(Row).parse(rows)
    for (const row of chunk)
      counts[(await resealRow(sql, vault, column, row)) ? 'resealed' : 'unreadable'] += 1
    const last = chunk.at(-1)
    if (!last || chunk.length < CHUNK) return counts
    after = last.id
  }
}
