import { Quote, type QuotedHousehold, type QuoteRequest } from '#contract/quotes'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { resolveAddress } from '#resources/addresses/resolve-address'
import { askProviders, type ProviderAnswer, unsupported } from '#resources/quotes/ask-providers'
import { chooseProviders } from '#resources/quotes/choose-providers'
import { understand } from '#resources/quotes/household'
import { cheapestOf, rankOffers, statusOf } from '#resources/quotes/rank-offers'
import { recordAnswers } from '#resources/quotes/record-answers'
import { insertQuote } from '#resources/quotes/store'
import type { Services } from '#services'
import { addDays } from '#values/dates'
import { newId, uuidOf } from '#values/ids'

/** How long the offers of a quote hold. */
const LIFE_DAYS = 7

function assemble(
  id: string,
  call: Call,
  parts: {
    request: QuotedHousehold
    metadata: Record<string, string>
    answers: readonly ProviderAnswer[]
    now: Date
  },
): Quote {
  const offers = rankOffers(parts.answers.flatMap(answer => answer.offers.map(({ offer }) => offer)))
  const providers = parts.answers.map(answer => answer.result)
  return {
    id,
    object: 'quote',
    mode: call.caller.mode,
    status: statusOf(providers),
    created_at: parts.now.toISOString(),
    expires_at: addDays(parts.now, LIFE_DAYS).toISOString(),
    request: parts.request,
    offers,
    cheapest_offer_id: cheapestOf(offers),
    providers,
    metadata: parts.metadata,
  }
}

function created(quote: Quote): Answer {
  return respond(Quote, quote, { status: 201, headers: { location: `/v1/quotes/${quote.id}` } })
}

/**
 * Prices a household at every provider asked, within one deadline, and keeps what they answered. A provider that
 * fails costs its own part only. Throws problems for what is wrong with the request itself.
 */
export function createQuote(services: Services, call: Call, body: QuoteRequest): Promise<Answer> {
  return services.idempotency.once(call, async () => {
    const chosen = chooseProviders(services, call, body.providers ?? null)
    const resolved = await resolveAddress(services, call, body.address)
    const request = understand(body, resolved)
    return async claim => {
      const id = newId('quote')
      const asked = await askProviders(services, call, chosen.asked, {
        quoteUuid: uuidOf('quote', id),
        quoted: request,
        resolved,
      })
      const answers = [...asked, ...chosen.unsupported.map(unsupported)]
      const quote = assemble(id, call, {
        request,
        metadata: body.metadata ?? {},
        answers,
        now: services.now(),
      })
      const answer = created(quote)
      await services.database.transaction(tx =>
        Promise.all([
          insertQuote(tx, call.caller, quote),
          recordAnswers(tx, services, call, quote, asked),
          claim.settle(tx, answer),
        ]),
      )
      return answer
    }
  })
}
