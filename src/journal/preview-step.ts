import { contextOf } from '#connections/call-provider'
import type { Preview } from '#contract/providers'
import type { Call } from '#http/caller'
import type { StepOf } from '#journal/journal'
import type { OperationName } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'
import { sealedProviders } from '#providers/registry'
import type { Services } from '#services'

/**
 * Throws ProviderError `validation_failed` for what the provider cannot be told, before anything is written down. Its
 * pointers are those of our request, which spells these inputs as the port does.
 */
export async function demandSendable<K extends OperationName>(
  services: Services,
  call: Call,
  step: StepOf<K>,
): Promise<void> {
  await services.providers.preview(contextOf(call, step.connection), step.operation, step.input)
}

/** What one operation would send. Sends and stores nothing. */
export async function previewStep<K extends OperationName>(
  services: Services,
  call: Call,
  step: StepOf<K>,
): Promise<Preview> {
  const { connection, operation, input } = step
  const { provider } = connection
  const sideEffects = [...(sealedProviders[provider].sideEffects[operation] ?? [])]
  const preview: Preview = { object: 'preview', requests: [], side_effects: sideEffects, missing: [] }
  try {
    const sent = await services.providers.preview(contextOf(call, connection), operation, input)
    return { ...preview, requests: sent.map(request => ({ provider, ...request })) }
  } catch (err) {
    if (!(err instanceof ProviderError) || err.facts.code !== 'validation_failed') throw err
    const missing = (err.facts.fields ?? []).map(({ pointer, message }) => ({ provider, pointer, message }))
    return { ...preview, missing }
  }
}
