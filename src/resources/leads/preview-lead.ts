import type { LeadRequest, LeadRetry } from '#contract/leads'
import type { Preview } from '#contract/providers'
import type { Call } from '#http/caller'
import { isInputOf } from '#journal/access'
import { entriesOf } from '#journal/store'
import { sealedProviders } from '#providers/registry'
import { type CheckedSubmission, checkSubmissions, fieldsOf } from '#resources/leads/check-submissions'
import { chooseProviders } from '#resources/leads/choose-providers'
import { planLead } from '#resources/leads/plan-lead'
import { chooseRetries } from '#resources/leads/plan-retry'
import { prepareLead } from '#resources/leads/prepare-lead'
import { findLead } from '#resources/leads/read-leads'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Each field once per provider, however many of its leads lack it. */
function missingFrom(checked: readonly CheckedSubmission[]): Preview['missing'] {
  const missing = checked.flatMap(({ connection: { provider }, failure }) =>
    failure ? fieldsOf(failure).map(({ pointer, message }) => ({ provider, pointer, message })) : [],
  )
  return [...new Map(missing.map(one => [`${one.provider} ${one.pointer}`, one])).values()]
}

function toPreview(checked: readonly CheckedSubmission[]): Preview {
  const effects = checked
    .filter(({ failure }) => failure === null)
    .flatMap(({ connection }) => sealedProviders[connection.provider].sideEffects['leads.create'] ?? [])
  return {
    object: 'preview',
    requests: checked.flatMap(({ connection: { provider }, requests }) =>
      requests.map(request => ({ provider, ...request })),
    ),
    side_effects: [...new Set(effects)],
    missing: missingFrom(checked),
  }
}

/** What each provider would be sent, and what it lacks. Sends and stores nothing. */
export async function previewLead(services: Services, call: Call, body: LeadRequest): Promise<Preview> {
  const connections = chooseProviders(services, call, body.providers ?? null)
  const wanted = await prepareLead(services, call, body)
  return toPreview(await checkSubmissions(services, call, planLead(wanted, connections)))
}

/** What would be sent again. Throws as the retry itself would. */
export async function previewRetry(
  services: Services,
  call: Call,
  leadId: string,
  body: LeadRetry | null,
): Promise<Preview> {
  const { sql } = services.database
  const { id: uuid, account_id } = await findLead(sql, call, uuidOf('lead', leadId))
  const chosen = chooseRetries(await entriesOf(sql, account_id, { uuid }), body?.operation_ids ?? null)
  const planned = chosen.flatMap(entry => {
    const draft = services.journal.inputOf(entry)
    const connection = services.connections.through(call.caller, entry.connectionId)
    if (!connection || !isInputOf('leads.create', draft)) return []
    return [{ connection, draft, firstTenant: 0, isAboutOne: entry.subject !== null }]
  })
  return toPreview(await checkSubmissions(services, call, planned))
}
