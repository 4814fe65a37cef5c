import type { LeadRequest } from '#contract/leads'
import type { Preview } from '#contract/providers'
import type { Call } from '#http/caller'
import { sealedProviders } from '#providers/registry'
import { checkSubmissions, fieldsOf } from '#resources/leads/check-submissions'
import { chooseProviders } from '#resources/leads/choose-providers'
import { planLead } from '#resources/leads/plan-lead'
import { prepareLead } from '#resources/leads/prepare-lead'
import type { Services } from '#services'

/** What each provider would be sent, and what it lacks. Sends and stores nothing. */
export async function previewLead(services: Services, call: Call, body: LeadRequest): Promise<Preview> {
  const connections = chooseProviders(services, call, body.providers ?? null)
  const wanted = await prepareLead(services, call, body)
  const checked = await checkSubmissions(services, call, planLead(wanted, connections))
  const effects = checked
    .filter(({ failure }) => failure === null)
    .flatMap(({ connection }) => sealedProviders[connection.provider].sideEffects['leads.create'] ?? [])
  return {
    object: 'preview',
    requests: checked.flatMap(({ connection: { provider }, requests }) =>
      requests.map(request => ({ provider, ...request })),
    ),
    side_effects: [...new Set(effects)],
    missing: checked.flatMap(({ connection: { provider }, failure }) =>
      failure ? fieldsOf(failure).map(({ pointer, message }) => ({ provider, pointer, message })) : [],
    ),
  }
}
