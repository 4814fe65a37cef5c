import type { TestGateway } from '#test/gateway'
import { parseId } from '#values/ids'

type Traced = Pick<TestGateway, 'services'>

async function rowsAbout<Row extends object>(
  { services }: Traced,
  id: string,
  statement: string,
): Promise<Row[]> {
  const { rows } = await services.database.sql.query<Row>(statement, [parseId(id)?.uuid])
  return rows
}

/** What was told of a resource, in turn. */
export function eventsOf(gateway: Traced, id: string) {
  return rowsAbout<{ type: string; seq: number; data: Record<string, unknown> }>(
    gateway,
    id,
    'SELECT type, seq, data FROM events WHERE resource_id = $1 ORDER BY seq',
  )
}

/** The objects of providers that a resource is, oldest first. */
export function mappingsOf(gateway: Traced, id: string) {
  return rowsAbout<{ provider: string; provider_resource: string; provider_id: string }>(
    gateway,
    id,
    'SELECT provider, provider_resource, provider_id FROM mappings WHERE resource_id = $1 ORDER BY id',
  )
}

/** The journal of a resource, in turn. */
export function operationsOf(gateway: Traced, id: string) {
  return rowsAbout<{ state: string; attempts: number; provider: string; input: Buffer | null }>(
    gateway,
    id,
    'SELECT state, attempts, provider, input FROM operations WHERE resource_id = $1 ORDER BY seq',
  )
}
