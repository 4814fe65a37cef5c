import { contextOf } from '#connections/call-provider'
import type { OrderRequest } from '#contract/orders'
import type { Preview } from '#contract/providers'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import type { NewStep } from '#journal/journal'
import { ProviderError } from '#providers/provider-error'
import { sealedProviders } from '#providers/registry'
import type { PreviewedRequest } from '#providers/preview'
import { planOrder } from '#resources/orders/plan-order'
import { prepareOrder } from '#resources/orders/prepare-order'
import type { Services } from '#services'
import { newUuid } from '#values/ids'

/** Where the fields of a step stand in the order's request. */
function placeOf(step: NewStep, steps: readonly NewStep[]): string {
  const people = steps.filter(candidate => candidate.subject)
  return step.subject ? `/tenants/${people.indexOf(step)}` : ''
}

/** What a step would send, or what its provider lacks to send it, with pointers into our request. */
async function previewStep(services: Services, call: Call, step: NewStep, steps: readonly NewStep[]) {
  try {
    const sent = await services.providers.preview(
      contextOf(call, step.connection),
      step.operation,
      step.input,
    )
    return { sent, lacking: [] }
  } catch (err) {
    if (!(err instanceof ProviderError) || err.facts.code !== 'validation_failed') throw err
    const place = placeOf(step, steps)
    const lacking = (err.facts.fields ?? []).map(field => ({ ...field, pointer: `${place}${field.pointer}` }))
    return { sent: [] as readonly PreviewedRequest[], lacking }
  }
}

/** Every step as it would be sent. */
async function previewSteps(services: Services, call: Call, steps: readonly NewStep[]): Promise<Preview> {
  const preview: Preview = { object: 'preview', requests: [], side_effects: [], missing: [] }
  for (const step of steps) {
    const { provider } = step.connection
    const { sent, lacking } = await previewStep(services, call, step, steps)
    preview.requests.push(...sent.map(request => ({ provider, ...request })))
    preview.side_effects.push(...(sealedProviders[provider].sideEffects[step.operation] ?? []))
    preview.missing.push(...lacking.map(({ pointer, message }) => ({ provider, pointer, message })))
  }
  return preview
}

/** Throws `validation_failed` for what the provider cannot be told, before anything is written down. */
export async function demandSendable(
  services: Services,
  call: Call,
  steps: readonly NewStep[],
): Promise<void> {
  const previews = await Promise.all(steps.map(step => previewStep(services, call, step, steps)))
  const lacking = previews.flatMap(preview => preview.lacking)
  if (lacking.length > 0) throw invalid(...lacking)
}

/** What an order would send, step by step. Sends and stores nothing. */
export async function previewOrder(services: Services, call: Call, body: OrderRequest): Promise<Preview> {
  const { wanted, resolved, connection, providerBranchId } = await prepareOrder(services, call, body)
  const ids = { orderId: '{reference}', tenantUuids: wanted.tenants.map(newUuid), providerBranchId }
  return previewSteps(services, call, planOrder(wanted, resolved, connection, ids))
}
