import type { ProviderId } from '#contract/vocabulary'
import { providerIds } from '#contract/vocabulary'
import type { Provider } from '#contract/providers'
import { homebox } from '#providers/homebox/index'
import { housr } from '#providers/housr/index'
import { createMybeezbox } from '#providers/mybeezbox/index'
import { inferredTable, type OperationTable } from '#providers/mybeezbox/operation-table'
import { oneUtilityBill } from '#providers/one-utility-bill/index'
import type { OperationName } from '#providers/port/index'
import type { SealedProvider } from '#providers/port/seal'
import { effectOf, seal } from '#providers/port/seal'

/** The only list of providers; its types tell who implements what. */
export const providers = {
  homebox,
  housr,
  one_utility_bill: oneUtilityBill,
  mybeezbox: createMybeezbox(inferredTable),
} as const

/** The providers that implement an operation, known to the compiler. */
export type ProvidersWith<K extends OperationName> = {
  [P in ProviderId]: K extends keyof (typeof providers)[P]['operations'] ? P : never
}[ProviderId]

/** The same providers with their own types hidden: what is called when the provider is chosen at run time. */
export const sealedProviders: Readonly<Record<ProviderId, SealedProvider>> = {
  homebox: seal(providers.homebox),
  housr: seal(providers.housr),
  one_utility_bill: seal(providers.one_utility_bill),
  mybeezbox: seal(providers.mybeezbox),
}

/** The same with MyBeezBox spoken to as a deployment says; what a provider can do does not change by that. */
export function providersSpeaking(mybeezbox: OperationTable): typeof sealedProviders {
  return { ...sealedProviders, mybeezbox: seal(createMybeezbox(mybeezbox)) }
}

export function supports(provider: ProviderId, operation: OperationName): boolean {
  return sealedProviders[provider].supports.has(operation)
}

/** Who implements an operation, in the order of the contract. */
export function supporting(operation: OperationName): ProviderId[] {
  return providerIds.filter(provider => supports(provider, operation))
}

export type Capability = Omit<Provider['capabilities'][number], 'baseline'>

/** What one provider can do, derived from the operations that its adapter implements. */
export function capabilitiesOf(provider: ProviderId): Capability[] {
  const { supports: operations, reconcile, sideEffects } = sealedProviders[provider]
  return [...operations].toSorted().map(operation => ({
    operation,
    effect: effectOf(operation),
    reconcile: reconcile[operation] ?? null,
    side_effects: [...(sideEffects[operation] ?? [])],
  }))
}

/** Every provider with its capabilities, in the order of the contract. */
export function matrix(): { provider: ProviderId; capabilities: Capability[] }[] {
  return providerIds.map(provider => ({ provider, capabilities: capabilitiesOf(provider) }))
}
