import type { z } from 'zod'
import type { Mapping, MappingQuery } from '#contract/mappings'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { resourceFilter } from '#http/resource-filter'
import { listMappings as listRows } from '#mappings/store'
import type { Services } from '#services'

/** A page of what is mapped to what, newest first, from our side or from a provider's. */
export async function listMappings(
  services: Services,
  call: Call,
  query: z.output<typeof MappingQuery>,
): Promise<Page<Mapping>> {
  const page = services.cursors.read(query, 'mappings', call.caller)
  const filter = {
    resourceUuid: resourceFilter(query.resource),
    provider: query.provider ?? null,
    providerResource: query.provider_resource ?? null,
    providerId: query.provider_id ?? null,
  }
  const rows = await listRows(services.database.sql, call.caller, filter, page)
  const keyed = services.cursors.page(rows, page, 'mappings', call.caller, row => row.key)
  return { ...keyed, data: keyed.data.map(row => row.mapping) }
}
