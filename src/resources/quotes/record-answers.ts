import type { Quote } from '#contract/quotes'
import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import type { Call } from '#http/caller'
import { keepPayload } from '#payloads/provider-payloads'
import type { ProviderAnswer } from '#resources/quotes/ask-providers'
import { insertOffers } from '#resources/quotes/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** Everything that goes with a quote's answers into the commit that stores them: offers, payloads, the event. */
export async function recordAnswers(
  tx: Tx,
  services: Services,
  call: Call,
  quote: Quote,
  answers: readonly ProviderAnswer[],
): Promise<void> {
  const resource = { prefix: 'quote' as const, uuid: uuidOf('quote', quote.id) }
  const offers = answers.flatMap(answer => answer.offers)
  const payloads = answers.map(({ result: { provider }, payload }) =>
    payload ? keepPayload(tx, services.vault, call.caller, resource, { provider, payload }) : null,
  )
  const event = {
    accountId: call.caller.accountId,
    mode: call.caller.mode,
    type: 'quote.completed' as const,
    resource,
    data: { id: quote.id, status: quote.status, offer_count: quote.offers.length },
    at: services.now(),
  }
  await Promise.all([
    insertOffers(tx, call.caller, resource.uuid, offers),
    ...payloads,
    appendEvent(tx, event),
  ])
}
