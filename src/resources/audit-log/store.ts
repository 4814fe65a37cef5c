import { z } from 'zod'
import type { AuditEntry } from '#contract/audit-log'
import { Mode } from '#contract/vocabulary'
import { newestFirst, newestOfResource, onTheWay } from '#db/newest-first'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { idFromUuid, idPrefixes, LAST_UUID } from '#values/ids'

const Row = z.object({
  id: z.string(),
  mode: Mode,
  actor_key_id: z.string().nullable(),
  action: z.string(),
  resource_prefix: z.enum(idPrefixes).nullable(),
  resource_id: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  request_id: z.string().nullable(),
  created_at: z.date(),
})
const COLUMNS = Object.keys(Row.shape).join(', ')

function fromRow(row: unknown): AuditEntry {
  const { id, mode, actor_key_id, resource_prefix, resource_id, created_at, ...rest } = Row.parse(row)
  return {
    id: idFromUuid('audit', id),
    object: 'audit_entry',
    mode,
    ...rest,
    actor: {
      type: actor_key_id === null ? 'operator' : 'api_key',
      key_id: actor_key_id === null ? null : idFromUuid('key', actor_key_id),
    },
    resource: resource_prefix && resource_id ? idFromUuid(resource_prefix, resource_id) : null,
    created_at: created_at.toISOString(),
  }
}

export interface AuditFilter {
  readonly action: string | null
  readonly resourceUuid: string | null
  readonly keyUuid: string | null
}

/** A page of what was done, newest first, one row more than asked for. */
export async function listAuditRows(
  sql: Sql,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  { action, resourceUuid, keyUuid }: AuditFilter,
  page: PageRequest,
): Promise<AuditEntry[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const after = page.after ?? LAST_UUID
  const given = [
    ...(keyUuid === null ? [] : [['actor_key_id', keyUuid] as const]),
    ...(action === null ? [] : [['action', action] as const]),
  ]
  // There is an index for each filter, and few rows of one resource or one key: the others are looked at on the way.
  const indexed = resourceUuid === null ? given.slice(0, 1) : []
  const { where, orderBy } =
    resourceUuid === null
      ? newestFirst(scope, indexed, after, parameter)
      : newestOfResource(scope, resourceUuid, after, parameter)
  const others = given.slice(indexed.length).map(([name, value]) => `${name} = ${parameter(value)}`)
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM audit_entries WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return rows.map(fromRow)
}
