import type { Sql } from '#db/tx'

export interface Cell {
  /** `table.column` */
  readonly column: string
  /** The value as JSON; of bytes the bytes too. */
  readonly text: string
}

function toText(value: unknown): string {
  const text = JSON.stringify(value)
  const hex = typeof value === 'string' ? /^\\x([0-9a-f]+)$/.exec(value)?.[1] : undefined
  return hex === undefined ? text : `${text}\n${Buffer.from(hex, 'hex').toString('latin1')}`
}

/** Every value that is not null, of every column of every row of every table. */
export async function cellsOf(sql: Sql): Promise<Cell[]> {
  const tables = await sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  const cells: Cell[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM "${name}" t`,
    )
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row))
        if (value !== null) cells.push({ column: `${name}.${column}`, text: toText(value) })
  }
  return cells
}
