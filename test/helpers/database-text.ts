import type { TestGateway } from '#test/gateway'

function asText(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('latin1') : (JSON.stringify(value) ?? '')
}

/** Everything that every column of the wanted tables holds, as text; sealed columns byte by byte. */
export async function textOfTables(
  { services }: Pick<TestGateway, 'services'>,
  isWanted: (table: string) => boolean = () => true,
): Promise<string> {
  const { sql } = services.database
  const { rows: tables } = await sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  const texts: string[] = []
  for (const { name } of tables.filter(table => isWanted(table.name))) {
    const { rows } = await sql.query<Record<string, unknown>>(`SELECT * FROM "${name}"`)
    texts.push(...rows.flatMap(row => Object.values(row).map(asText)))
  }
  return texts.join('\n')
}
