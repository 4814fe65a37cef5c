import type { ProviderId } from '#contract/vocabulary'
import { providerIds } from '#contract/vocabulary'
import type { Input, OperationName } from '#providers/port/index'
import type { providers } from '#providers/registry'
import { sealedProviders } from '#providers/registry'
import { homeboxExamples } from '#test/conformance-homebox'
import type { Ids } from '#test/conformance-inputs'
import { inputsFor, otherOrders } from '#test/conformance-inputs'
import { mybeezboxExamples } from '#test/conformance-mybeezbox'
import { fixture } from '#test/fixture'

/** Something that a provider is told, and what it answers by its document, request by request. */
export interface Example<K extends OperationName> {
  /** What sets it apart from the other examples of its operation. */
  readonly told?: string
  readonly input: Input<K>
  readonly answers: readonly unknown[]
  /** What it answers is documented nowhere, so that any JSON is as good. */
  readonly anyAnswer?: true
}

/** Of every operation that an adapter implements: a new one without examples does not compile. */
export type ExamplesOf<P extends ProviderId> = {
  readonly [K in keyof (typeof providers)[P]['operations'] & OperationName]: readonly Example<K>[]
}

/** One operation at one provider, told one thing. */
export interface Case extends Example<OperationName> {
  readonly provider: ProviderId
  readonly operation: OperationName
  readonly title: string
}

type Found = Readonly<Partial<Record<OperationName, readonly Example<OperationName>[]>>>

function examplesOf(provider: ProviderId, ids: Ids | undefined): Found {
  const all: { readonly [P in ProviderId]: (ids?: Ids) => ExamplesOf<P> } = {
    homebox: homeboxExamples,
    housr: housrExamples,
    one_utility_bill: oneUtilityBillExamples,
    mybeezbox: mybeezboxExamples,
  }
  return all[provider](ids)
}

function housrExamples(): ExamplesOf<'housr'> {
  return { 'orders.create': [{ input: otherOrders.bills, answers: [fixture('housr', 'orders.create.ok')] }] }
}

function oneUtilityBillExamples(ids?: Ids): ExamplesOf<'one_utility_bill'> {
  const inputs = inputsFor(ids)
  const documented = (name: string) => [fixture('one-utility-bill', name)]
  return {
    'quotes.create': [{ input: inputs['quotes.create'], answers: documented('quotes.create.england') }],
    'leads.create': [{ input: inputs['leads.create'], answers: documented('leads.create.ok') }],
    'leads.get': [{ input: inputs['leads.get'], answers: documented('leads.get.ok') }],
  }
}

/** Every operation that a provider implements, once for each of its examples. Throws where there are none. */
export function casesOf(provider: ProviderId, ids?: Ids): Case[] {
  const examples = examplesOf(provider, ids)
  return [...sealedProviders[provider].supports].flatMap(operation => {
    const found = examples[operation] ?? []
    if (found.length === 0) throw new Error(`no example of ${operation} at ${provider}`)
    return found.map(example => {
      const title = [provider, operation, example.told].filter(Boolean).join(' ')
      return { ...example, provider, operation, title }
    })
  })
}

/** Whether its answer is a file, which is passed on as it is: no page, shape or end of it is looked at. */
export function isFile({ operation }: Case): boolean {
  return operation === 'payoutRequests.pdf' || operation === 'payoutRequests.xls'
}

export function allCases(): Case[] {
  return providerIds.flatMap(provider => casesOf(provider))
}
