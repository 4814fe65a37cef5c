import { z } from 'zod'
import { contextOf } from '#connections/call-provider'
import type { Resolution } from '#contract/operations'
import type { Preview } from '#contract/providers'
import type { Call } from '#http/caller'
import { type Entry, stateAt } from '#journal/entry'
import { isInputOf } from '#journal/access'
import { nextReference } from '#journal/reference'
import { entriesOf } from '#journal/store'
import { sealedProviders } from '#providers/registry'
import { checkResolution } from '#resources/operations/check-resolution'
import { isResolvedAs } from '#resources/operations/resolution'
import type { Services } from '#services'

const Named = z.looseObject({ reference: z.string() })

/** What was written down, under the name that it would carry the next time. */
function renamed(input: unknown, reference: string | null): unknown {
  const named = Named.safeParse(input)
  return named.success && reference !== null ? { ...named.data, reference } : input
}

/** What a resolution would send: the operation itself, or what was to follow it, or nothing. Stores nothing. */
export async function previewResolution(
  services: Services,
  call: Call,
  find: () => Promise<Entry>,
  body: Resolution,
): Promise<Preview> {
  const { journal, providers, database } = services
  const found = await find()
  const entry = { ...found, state: stateAt(found, services.now()) }
  const preview: Preview = { object: 'preview', requests: [], side_effects: [], missing: [] }
  if (isResolvedAs(entry, body)) return preview
  await checkResolution(services, call, entry, body)
  const later = (await entriesOf(database.sql, entry.accountId, entry.resource)).filter(
    ({ state }) => state === 'planned',
  )
  const goesOn = body.outcome === 'happened' || body.send_again === true
  const sent = [
    ...(body.send_again ? [{ of: entry, input: renamed(journal.inputOf(entry), nextReference(entry)) }] : []),
    ...(goesOn ? later.map(of => ({ of, input: journal.inputOf(of) })) : []),
  ]
  for (const { of, input } of sent) {
    const { provider, operation } = of
    const connection = services.connections.through(call.caller, of.connectionId)
    if (!connection || !isInputOf(operation, input)) continue
    const requests = await providers.preview(contextOf(call, connection), operation, input)
    preview.requests.push(...requests.map(request => ({ provider, ...request })))
    preview.side_effects.push(...(sealedProviders[provider].sideEffects[operation] ?? []))
  }
  return preview
}
