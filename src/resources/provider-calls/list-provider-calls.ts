import type { z } from 'zod'
import type { ProviderCall, ProviderCallQuery } from '#contract/providers'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { resourceFilter } from '#http/resource-filter'
import { listCalls } from '#resources/provider-calls/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Calls to providers, newest first. They are written a moment after the call, in batches. */
export async function listProviderCalls(
  services: Services,
  call: Call,
  query: z.output<typeof ProviderCallQuery>,
): Promise<Page<ProviderCall>> {
  const page = services.cursors.read(query, 'provider-calls', call.caller)
  const filter = {
    resourceUuid: resourceFilter(query.resource),
    provider: query.provider ?? null,
  }
  await services.callLog.flush()
  const rows = await listCalls(services.database.sql, call.caller, filter, page)
  return services.cursors.page(rows, page, 'provider-calls', call.caller, row => uuidOf('call', row.id))
}
