import type { ListQuery } from '#contract/vocabulary'
import type { Void } from '#contract/voids'
import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { providerIdsOf } from '#mappings/store'
import { readPayloads } from '#payloads/provider-payloads'
import { findVoidRow, listVoidRows, tenanciesOfVoids, type VoidRow } from '#resources/voids/store'
import type { Services } from '#services'
import { type IdPrefix, idFromUuid, uuidOf } from '#values/ids'

function idOrNull(prefix: IdPrefix, uuid: string | null): string | null {
  return uuid && idFromUuid(prefix, uuid)
}

/** Voids with their tenancies and ids: one statement each for a whole page. */
async function showVoids(sql: Sql, call: Call, rows: readonly VoidRow[]): Promise<Void[]> {
  const { accountId } = call.caller
  const tenancyUuids = rows.flatMap(row => row.tenancy_id ?? [])
  const [tenancies, ids] = await Promise.all([
    tenanciesOfVoids(sql, call.caller, tenancyUuids),
    providerIdsOf(
      sql,
      accountId,
      rows.map(row => row.id),
      'void',
    ),
  ])
  return rows.map(row => {
    const { start_date, end_date } = tenancies.get(row.tenancy_id ?? '') ?? row
    const { premium, property_empty, notifications, property_reference, metadata } = row
    return {
      id: idFromUuid('void', row.id),
      object: 'void',
      mode: row.mode,
      provider: row.provider,
      status: row.status,
      property_id: idOrNull('property', row.property_id),
      address: row.address,
      tenancy: { id: idOrNull('tenancy', row.tenancy_id), start_date, end_date },
      premium,
      property_empty,
      notifications,
      property_reference,
      branch_id: idOrNull('branch', row.branch_id),
      provider_ids: ids.get(row.id) ?? [],
      metadata,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
    }
  })
}

/** One void as it stands, in a transaction where its `Sql` is given. Throws `not_found`. */
export async function showVoid(sql: Sql, call: Call, uuid: string): Promise<Void> {
  const row = await findVoidRow(sql, call.caller, uuid)
  const [shown] = row ? await showVoids(sql, call, [row]) : []
  if (shown) return shown
  throw notFound('void')
}

export async function getVoid(
  { database, vault }: Services,
  call: Call,
  voidId: string,
  wishes: { withProviderData: boolean },
): Promise<Void> {
  const uuid = uuidOf('void', voidId)
  const found = await showVoid(database.sql, call, uuid)
  if (!wishes.withProviderData) return found
  const holder = { prefix: 'void' as const, uuid }
  return { ...found, provider_data: await readPayloads(database.sql, vault, call.caller, holder) }
}

/** A page of the account's voids, newest first. */
export async function listVoids(
  { database, cursors }: Services,
  call: Call,
  query: ListQuery,
): Promise<Page<Void>> {
  const page = cursors.read(query, 'voids', call.caller)
  const rows = await listVoidRows(database.sql, call.caller, page)
  const shown = await showVoids(database.sql, call, rows)
  return cursors.page(shown, page, 'voids', call.caller, ({ id }) => uuidOf('void', id))
}
