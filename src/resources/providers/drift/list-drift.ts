import type { ContractDrift } from '#contract/drift'
import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { listDrifts } from '#resources/providers/drift/store'
import type { Services } from '#services'

/** Where a provider's answers differ from their baseline, the latest found first. Throws `provider_not_connected`. */
export async function listDrift(
  services: Services,
  call: Call,
  provider: ProviderId,
  query: { limit?: number; cursor?: string },
): Promise<Page<ContractDrift>> {
  services.connections.own(call.caller, provider)
  const list = `providers/${provider}/drift`
  const page = services.cursors.read(query, list, call.caller)
  await services.drift.flush()
  const lines = await listDrifts(services.database.sql, call.caller, provider, page)
  const shown = services.cursors.page(lines, page, list, call.caller, ({ uuid }) => uuid)
  return { ...shown, data: shown.data.map(({ drift }) => drift) }
}
