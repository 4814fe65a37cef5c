import type { Offer, Quote } from '#contract/quotes'
import type { Call } from '#http/caller'
import { invalid, notFound, ProblemError } from '#http/problem-error'
import { findOfferRow, findQuote } from '#resources/quotes/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** An offer that may still be taken up, with its quote. */
export interface OpenOffer {
  readonly quote: Quote
  readonly offer: Offer
  readonly connectionId: string
  /** The provider's own id of its quote, to be passed on with what is made from it. */
  readonly providerQuoteId: string | null
}

/** Throws `state_conflict` once the quote has expired. */
export function demandOpen(services: Services, quote: Quote): Quote {
  if (new Date(quote.expires_at) > services.now()) return quote
  throw new ProblemError('state_conflict', 'This quote has expired; ask for a new one.')
}

/** The quote that a path names. Throws `not_found` and `state_conflict`. */
export async function findOpenQuote(services: Services, call: Call, quoteUuid: string): Promise<Quote> {
  const quote = await findQuote(services.database.sql, call.caller, quoteUuid)
  if (!quote) throw notFound('quote')
  return demandOpen(services, quote)
}

/** The quote that a request names as `quote_id`. Throws `validation_failed` and `state_conflict`. */
export async function findNamedQuote(services: Services, call: Call, quoteId: string): Promise<Quote> {
  const quote = await findQuote(services.database.sql, call.caller, uuidOf('quote', quoteId))
  if (!quote) throw invalid({ pointer: '/quote_id', code: 'unknown_quote', message: 'is no quote of yours' })
  return demandOpen(services, quote)
}

/** The offer that a request names as `offer_id`. Throws `validation_failed`, and `state_conflict` once it has expired. */
export async function findNamedOffer(services: Services, call: Call, offerId: string): Promise<OpenOffer> {
  const unknown = invalid({ pointer: '/offer_id', code: 'unknown_offer', message: 'is no offer of yours' })
  const row = await findOfferRow(services.database.sql, call.caller, uuidOf('offer', offerId))
  if (!row) throw unknown
  const quote = await findQuote(services.database.sql, call.caller, row.quote_id)
  const offer = quote?.offers.find(candidate => candidate.id === offerId)
  if (!quote || !offer) throw unknown
  return {
    quote: demandOpen(services, quote),
    offer,
    connectionId: row.connection_id,
    providerQuoteId: row.provider_quote_id,
  }
}
