import type { Connection, ConnectionQuery } from '#contract/connections'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import {
  type ConnectionRow,
  connectionRows,
  findConnection,
  toConnection,
} from '#resources/connections/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Those that the service brings along, and that are this account's. */
export function givenIds({ connections }: Pick<Services, 'connections'>, { caller }: Call): string[] {
  return [...connections.givenTo(caller).values()].map(({ id }) => id)
}

/** Whether it may be looked at: not one that the service brought along under another configuration. */
export function isThere(
  services: Pick<Services, 'connections'>,
  call: Call,
  row: ConnectionRow | null,
): row is ConnectionRow {
  if (row === null || row.deleted_at !== null) return false
  return row.source === 'account' || givenIds(services, call).includes(row.id)
}

/** Throws `not_found`, also for one that was deleted. */
export async function findThere(services: Services, call: Call, id: string): Promise<ConnectionRow> {
  const row = await findConnection(services.database.sql, call.caller, uuidOf('connection', id))
  if (isThere(services, call, row)) return row
  throw notFound('connection')
}

export async function getConnection(services: Services, call: Call, id: string): Promise<Connection> {
  return toConnection(await findThere(services, call, id))
}

/** A page of the account's connections, newest first. */
export async function listConnections(
  services: Services,
  call: Call,
  { provider, ...query }: ConnectionQuery,
): Promise<Page<Connection>> {
  const { cursors, database } = services
  const list = `connections/${provider ?? 'all'}`
  const page = cursors.read(query, list, call.caller)
  const filter = { provider: provider ?? null, given: givenIds(services, call) }
  const rows = await connectionRows(database.sql, call.caller, filter, page)
  const found = cursors.page(rows, page, list, call.caller, row => row.id)
  return { ...found, data: found.data.map(toConnection) }
}
