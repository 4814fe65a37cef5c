import { contextOf } from '#connections/call-provider'
import type { Preview } from '#contract/providers'
import type { QuoteRequest } from '#contract/quotes'
import type { Call } from '#http/caller'
import { ProviderError } from '#providers/provider-error'
import { resolveAddress } from '#resources/addresses/resolve-address'
import { chooseProviders } from '#resources/quotes/choose-providers'
import { householdFor, understand } from '#resources/quotes/household'
import type { Services } from '#services'

/** What each provider would be sent. Sends and stores nothing. */
export async function previewQuote(services: Services, call: Call, body: QuoteRequest): Promise<Preview> {
  const { asked } = chooseProviders(services, call, body.providers ?? null)
  const resolved = await resolveAddress(services, call, body.address)
  const quoted = understand(body, resolved)
  const preview: Preview = { object: 'preview', requests: [], side_effects: [], missing: [] }
  for (const connection of asked) {
    const { provider } = connection
    try {
      const household = householdFor(provider, quoted, resolved)
      const sent = await services.providers.preview(contextOf(call, connection), 'quotes.create', household)
      preview.requests.push(...sent.map(request => ({ provider, ...request })))
    } catch (err) {
      if (!(err instanceof ProviderError)) throw err
      const fields = err.facts.fields ?? [{ pointer: '', message: err.facts.message }]
      preview.missing.push(...fields.map(({ pointer, message }) => ({ provider, pointer, message })))
    }
  }
  return preview
}
