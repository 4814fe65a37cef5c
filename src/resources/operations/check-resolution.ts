import type { Resolution } from '#contract/operations'
import type { Call } from '#http/caller'
import { invalid, ProblemError } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { madeBy } from '#journal/made-by'
import { entriesOf } from '#journal/store'
import { listMappings } from '#mappings/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

/** An object of a provider is one object of ours. */
async function demandFree(services: Services, call: Call, entry: Entry, providerId: string): Promise<void> {
  const providerResource = madeBy(entry.operation)
  if (providerResource === null) return
  const filter = { resourceUuid: null, provider: entry.provider, providerResource, providerId }
  const [taken] = await listMappings(services.database.sql, call.caller, filter, { limit: 1, after: null })
  const ours = [entry.resource, entry.subject].flatMap(of => (of ? [idFromUuid(of.prefix, of.uuid)] : []))
  if (!taken || ours.some(id => id === taken.mapping.resource)) return
  const message = `is the ${providerResource} of ${taken.mapping.resource} already`
  throw invalid({ pointer: '/provider_id', code: 'taken', message })
}

/** What is still to be done below an order needs the provider's id of it. */
async function demandKnown(services: Services, entry: Entry): Promise<void> {
  if (entry.operation !== 'orders.create') return
  const entries = await entriesOf(services.database.sql, entry.accountId, entry.resource)
  if (entries.every(({ state }) => state !== 'planned')) return
  const message = 'is required: the next steps of the order are done below it'
  throw invalid({ pointer: '/provider_id', code: 'required', message })
}

const wiped = () =>
  new ProblemError(
    'state_conflict',
    'What was to be sent is not kept any more, so it cannot be sent again. Resolve it without send_again and ask anew.',
  )

/**
 * Throws `state_conflict` unless the operation's outcome is unknown and what the person wants can be done, and
 * `validation_failed` for a provider's id that is needed or cannot be right.
 */
export async function checkResolution(
  services: Services,
  call: Call,
  entry: Entry,
  { outcome, send_again, provider_id }: Resolution,
): Promise<void> {
  if (entry.state !== 'unknown')
    throw new ProblemError(
      'state_conflict',
      `The operation is ${entry.state}: only one whose outcome is unknown can be resolved.`,
    )
  if (send_again && entry.input === null) throw wiped()
  if (outcome === 'did_not_happen') return
  await (provider_id ? demandFree(services, call, entry, provider_id) : demandKnown(services, entry))
}
