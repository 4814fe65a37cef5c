import type { Tx } from '#db/tx'

/** Inserts a row whose fields are named as the columns; those in `json` go in as JSON. */
export function insertRow(tx: Tx, table: string, row: object, json: ReadonlySet<string> = new Set()): void {
  const entries = Object.entries(row)
  const names = entries.map(([name]) => name).join(', ')
  const places = entries.map((_, index) => `$${index + 1}`).join(', ')
  const values = entries.map(([name, value]) =>
    json.has(name) && value !== null ? JSON.stringify(value) : value,
  )
  tx.write(`INSERT INTO ${table} (${names}) VALUES (${places})`, values)
}
