import { readAtProvider } from '#connections/read-at-provider'
import type { Tenancy } from '#contract/tenancies'
import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import { providerIdsOf } from '#mappings/store'
import { keepPayload, readPayloads } from '#payloads/provider-payloads'
import type { ProviderTenancy } from '#providers/port/tenancies'
import {
  findTenancy,
  type TenancyNames,
  type TenancyThere,
  tenancyThere,
} from '#resources/properties/tenancies/reach-tenancy'
import { setTenancyDates, type TenancyRow } from '#resources/properties/tenancies/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

function toTenancy(row: TenancyRow, found: ProviderTenancy | null, providerIds: readonly string[]): Tenancy {
  return {
    id: idFromUuid('tenancy', row.id),
    object: 'tenancy',
    mode: row.mode,
    property_id: idFromUuid('property', row.property_id),
    type: found?.type ?? (row.kind === 'void' ? 'void_period' : null),
    provider_type: found?.provider_type ?? null,
    start_date: row.start_date,
    end_date: row.end_date,
    property_empty: found?.property_empty ?? null,
    responsible_tenant: found?.responsible_tenant ?? null,
    responsible_address: found?.responsible_address ?? null,
    provider_ids: [...providerIds],
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

/** A tenancy as it stands with us, with what was read of it where it was. */
export async function showTenancy(
  sql: Sql,
  call: Call,
  row: TenancyRow,
  found: ProviderTenancy | null = null,
): Promise<Tenancy> {
  const ids = await providerIdsOf(sql, call.caller.accountId, [row.id], 'tenancy')
  return toTenancy(row, found, ids.get(row.id) ?? [])
}

/** Reads a tenancy at its provider and keeps its dates. Throws ProviderError. */
export async function readThere(
  services: Services,
  call: Call,
  row: TenancyRow,
  { connection, at }: TenancyThere,
): Promise<ProviderTenancy> {
  const { database, vault, now } = services
  const resource = { prefix: 'tenancy' as const, uuid: row.id }
  const { value, payload } = await readAtProvider(
    services,
    call,
    { connection, resource },
    'tenancies.get',
    at,
  )
  const { provider } = connection
  const dates = { start_date: value.start_date ?? row.start_date, end_date: value.end_date }
  await database.transaction(async tx => {
    setTenancyDates(tx, call.caller, row.id, { ...dates, at: now() })
    if (payload) keepPayload(tx, vault, call.caller, resource, { provider, payload })
  })
  return value
}

/** One tenancy of a house, read at the provider that keeps it. Throws `not_found` and ProviderError. */
export async function getTenancy(
  services: Services,
  call: Call,
  names: TenancyNames,
  wishes: { withProviderData: boolean },
): Promise<Tenancy> {
  const { database, vault } = services
  const known = await findTenancy(services, call, names)
  const there = await tenancyThere(services, call, known)
  const found = there && (await readThere(services, call, known, there))
  const row = found ? await findTenancy(services, call, names) : known
  const tenancy = await showTenancy(database.sql, call, row, found)
  if (!wishes.withProviderData) return tenancy
  const holder = { prefix: 'tenancy' as const, uuid: row.id }
  return { ...tenancy, provider_data: await readPayloads(database.sql, vault, call.caller, holder) }
}
