import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf, ListQuery, listOf, NoBody, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Preview } from '#contract/providers'
import { Quote, QuoteRequest } from '#contract/quotes'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { supporting } from '#providers/registry'
import { createQuote } from '#resources/quotes/create-quote'
import { previewQuote } from '#resources/quotes/preview-quote'
import { getQuote, listQuotes } from '#resources/quotes/read-quotes'
import { refreshQuote } from '#resources/quotes/refresh-quote'
import type { Services } from '#services'

const tag = 'Quotes'
const Quotes = listOf(Quote, 'Quotes, newest first.')
const QuoteId = z.strictObject({ quote_id: idOf('quote') })

export function quoteRoutes(app: FastifyInstance, services: Services): void {
  const operation = { name: 'quotes.create', supportedBy: supporting('quotes.create') }

  endpoint(app, {
    method: 'POST',
    path: '/v1/quotes',
    operationId: 'createQuote',
    tag,
    summary: 'Price a household',
    description:
      'Asks all capable providers at once and answers when the slowest has, or at the deadline. A provider that fails costs its own part only: see `status` and `providers`.',
    takes: { body: QuoteRequest, query: PreviewQuery },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The quote.', schema: Quote },
    },
    problems: [
      'capability_not_supported',
      'provider_not_connected',
      'idempotency_conflict',
      'idempotency_mismatch',
    ],
    operation,
    handle: async ({ body, query }, call) => {
      if (query.preview === 'true') return respond(Preview, await previewQuote(services, call, body))
      return createQuote(services, call, body)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/quotes',
    operationId: 'listQuotes',
    tag,
    summary: 'List quotes',
    description: 'Your quotes, newest first.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of quotes.', schema: Quotes } },
    problems: [],
    handle: async ({ query }, call) => respond(Quotes, await listQuotes(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/quotes/{quote_id}',
    operationId: 'getQuote',
    tag,
    summary: 'Get a quote',
    description: 'One quote with all its offers.',
    takes: { params: QuoteId, query: SingleQuery },
    answers: { 200: { description: 'The quote.', schema: Quote } },
    problems: [],
    handle: async ({ params, query }, call) =>
      respond(Quote, await getQuote(services, call, params.quote_id, query.include === 'provider_data')),
  })

  endpoint(app, {
    method: 'POST',
    path: '/v1/quotes/{quote_id}/refresh',
    operationId: 'refreshQuote',
    tag,
    summary: 'Ask again the providers that failed',
    description: 'Answers the quote with what they say now. Nothing is asked when no provider had failed.',
    takes: { params: QuoteId, body: NoBody },
    answers: { 200: { description: 'The quote.', schema: Quote } },
    problems: ['state_conflict', 'idempotency_conflict', 'idempotency_mismatch'],
    operation,
    handle: ({ params }, call) => refreshQuote(services, call, params.quote_id),
  })
}
