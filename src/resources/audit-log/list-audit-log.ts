import type { z } from 'zod'
import type { AuditEntry, AuditQuery } from '#contract/audit-log'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { resourceFilter } from '#http/resource-filter'
import { listAuditRows } from '#resources/audit-log/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** A page of what was done in the account, newest first. */
export async function listAuditLog(
  { database, cursors }: Services,
  { caller }: Call,
  query: z.output<typeof AuditQuery>,
): Promise<Page<AuditEntry>> {
  const page = cursors.read(query, 'audit-log', caller)
  const filter = {
    action: query.action ?? null,
    resourceUuid: resourceFilter(query.resource),
    keyUuid: query.key_id === undefined ? null : uuidOf('key', query.key_id),
  }
  const rows = await listAuditRows(database.sql, caller, filter, page)
  return cursors.page(rows, page, 'audit-log', caller, row => uuidOf('audit', row.id))
}
