import { callProvider } from '#connections/call-provider'
import type { ProviderId } from '#contract/vocabulary'
import type { Offer, ProviderResult, QuotedHousehold } from '#contract/quotes'
import type { Call } from '#http/caller'
import type { Connection, Deadline } from '#providers/call-context'
import { createDeadline } from '#providers/deadline'
import type { ProviderOffer, ProviderQuote } from '#providers/port/quotes'
import { ProviderError } from '#providers/provider-error'
import { failureOf } from '#providers/provider-failure'
import { supports } from '#providers/registry'
import type { RunResult } from '#providers/run'
import type { ResolvedAddress } from '#resources/addresses/resolve-address'
import { householdFor } from '#resources/quotes/household'
import { missingServices } from '#resources/quotes/missing-services'
import type { Services } from '#services'
import { newId } from '#values/ids'

/** An offer with what an order or lead made from it has to pass on. */
export interface AnsweredOffer {
  readonly offer: Offer
  readonly connectionId: string
  readonly providerQuoteId: string | null
}

/** What one provider gave. */
export interface ProviderAnswer {
  readonly result: ProviderResult
  readonly offers: readonly AnsweredOffer[]
  readonly payload: RunResult<unknown>['payload']
}

function answered(connection: Connection, quoted: QuotedHousehold, provided: ProviderOffer): AnsweredOffer {
  const { missing_reasons, provider_quote_id, ...body } = provided
  const { provider } = connection
  const offer: Offer = {
    id: newId('offer'),
    object: 'offer',
    provider,
    ...body,
    representative: body.representative || connection.mode === 'test',
    orderable: supports(provider, 'orders.create'),
    missing_services: missingServices(quoted.services, provided),
  }
  return { offer, connectionId: connection.id, providerQuoteId: provider_quote_id }
}

function succeeded(
  connection: Connection,
  quoted: QuotedHousehold,
  run: RunResult<ProviderQuote>,
): ProviderAnswer {
  const { supported, offers, notes } = run.value
  const result: ProviderResult = {
    provider: connection.provider,
    status: supported ? 'ok' : 'unsupported',
    offer_count: offers.length,
    duration_ms: Math.round(run.durationMs),
    notes: [...notes],
    error: null,
  }
  return { result, offers: offers.map(offer => answered(connection, quoted, offer)), payload: run.payload }
}

function failed(provider: ProviderId, err: ProviderError, durationMs: number): ProviderAnswer {
  const result: ProviderResult = {
    provider,
    status: 'error',
    offer_count: 0,
    duration_ms: Math.round(durationMs),
    notes: [],
    error: failureOf(err),
  }
  return { result, offers: [], payload: null }
}

/** A provider that was not asked because it gives no quotes. */
export function unsupported(provider: ProviderId): ProviderAnswer {
  const result: ProviderResult = {
    provider,
    status: 'unsupported',
    offer_count: 0,
    duration_ms: null,
    notes: ['This provider gives no quotes.'],
    error: null,
  }
  return { result, offers: [], payload: null }
}

export interface Question {
  readonly quoteUuid: string
  readonly quoted: QuotedHousehold
  readonly resolved: ResolvedAddress
}

async function askOne(
  services: Services,
  call: Call,
  target: { connection: Connection; deadline: Deadline },
  { quoteUuid, quoted, resolved }: Question,
): Promise<ProviderAnswer> {
  const { provider } = target.connection
  const started = performance.now()
  try {
    const resource = { prefix: 'quote' as const, uuid: quoteUuid }
    const household = householdFor(provider, quoted, resolved)
    const run = await callProvider(services, call, { ...target, resource }, 'quotes.create', household)
    return succeeded(target.connection, quoted, run)
  } catch (err) {
    if (err instanceof ProviderError) return failed(provider, err, performance.now() - started)
    throw err
  }
}

/** Asks all at once under one deadline. Nobody's failure is anybody else's. */
export async function askProviders(
  services: Services,
  call: Call,
  connections: readonly Connection[],
  question: Question,
): Promise<ProviderAnswer[]> {
  const deadline = createDeadline(services.config.quoteDeadlineMs)
  const started = performance.now()
  try {
    return await Promise.all(
      connections.map(connection => askOne(services, call, { connection, deadline }, question)),
    )
  } finally {
    call.spentUpstream(performance.now() - started)
    deadline.dispose()
  }
}
