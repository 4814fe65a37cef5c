import type { z } from 'zod'
import type { Operation, OperationQuery } from '#contract/operations'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { resourceFilter } from '#http/resource-filter'
import { toOperation } from '#journal/operation-answer'
import { findEntry, listEntries } from '#resources/operations/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** One operation; looked for at its provider first with `refresh`, where nobody knows its outcome. Throws `not_found`. */
export async function getOperation(
  services: Services,
  call: Call,
  id: string,
  refresh: boolean,
): Promise<Operation> {
  const find = () => findEntry(services.database.sql, call.caller, uuidOf('operation', id))
  const found = await find()
  if (found && refresh) await services.reconciler.lookAt([found], call)
  const entry = refresh ? await find() : found
  if (!entry) throw notFound('operation')
  return toOperation(entry, services.now())
}

/** A page of the account's operations, newest first. */
export async function listOperations(
  services: Services,
  call: Call,
  query: z.output<typeof OperationQuery>,
): Promise<Page<Operation>> {
  const page = services.cursors.read(query, 'operations', call.caller)
  const now = services.now()
  const filter = {
    state: query.state ?? null,
    provider: query.provider ?? null,
    operation: query.operation ?? null,
    resourceUuid: resourceFilter(query.resource),
  }
  const entries = await listEntries(services.database.sql, call.caller, { filter, page, now })
  const rows = entries.map(entry => toOperation(entry, now))
  return services.cursors.page(rows, page, 'operations', call.caller, row => uuidOf('operation', row.id))
}
