import { Quote } from '#contract/quotes'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { notFound } from '#http/problem-error'
import type { Connection } from '#providers/call-context'
import { resolveAddress } from '#resources/addresses/resolve-address'
import { askProviders, type ProviderAnswer } from '#resources/quotes/ask-providers'
import { findOpenQuote } from '#resources/quotes/find-offer'
import { cheapestOf, rankOffers, statusOf } from '#resources/quotes/rank-offers'
import { recordAnswers } from '#resources/quotes/record-answers'
import { lockQuote, updateQuote } from '#resources/quotes/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** The new answers in place of the failures. A provider that answered meanwhile keeps that answer. */
function merge(
  quote: Quote,
  answers: readonly ProviderAnswer[],
): { quote: Quote; used: readonly ProviderAnswer[] } {
  const open = new Set(
    quote.providers.filter(result => result.status === 'error').map(result => result.provider),
  )
  const used = answers.filter(answer => open.has(answer.result.provider))
  const replaced = new Map(used.map(answer => [answer.result.provider, answer.result]))
  const providers = quote.providers.map(result => replaced.get(result.provider) ?? result)
  const offers = rankOffers([
    ...quote.offers,
    ...used.flatMap(answer => answer.offers.map(({ offer }) => offer)),
  ])
  return {
    quote: {
      ...quote,
      status: statusOf(providers),
      providers,
      offers,
      cheapest_offer_id: cheapestOf(offers),
    },
    used,
  }
}

function connectionsOfFailed(services: Services, call: Call, quote: Quote): Connection[] {
  const connected = services.connections.of(call.caller)
  const failed = quote.providers.filter(result => result.status === 'error').map(result => result.provider)
  return failed.flatMap(provider => connected.get(provider) ?? [])
}

/** Asks again the providers that failed. Throws `state_conflict` once the quote has expired. */
export function refreshQuote(services: Services, call: Call, id: string): Promise<Answer> {
  const uuid = uuidOf('quote', id)
  return services.idempotency.once(call, async () => {
    const quote = await findOpenQuote(services, call, uuid)
    const asked = connectionsOfFailed(services, call, quote)
    const resolved = await resolveAddress(services, call, quote.request.address)
    return async claim => {
      const answers = await askProviders(services, call, asked, {
        quoteUuid: uuid,
        quoted: quote.request,
        resolved,
      })
      return services.database.transaction(async tx => {
        const latest = await lockQuote(tx, call.caller, uuid)
        if (!latest) throw notFound('quote')
        const { quote: merged, used } = merge(latest, answers)
        if (used.length > 0) {
          updateQuote(tx, call.caller, merged)
          await recordAnswers(tx, services, call, merged, used)
        }
        const answer = respond(Quote, merged)
        claim.settle(tx, answer)
        return answer
      })
    }
  })
}
