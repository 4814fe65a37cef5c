import type { ListQuery } from '#contract/vocabulary'
import type { Quote } from '#contract/quotes'
import type { Call } from '#http/caller'
import type { Page } from '#http/list'
import { notFound } from '#http/problem-error'
import { readPayloads } from '#payloads/provider-payloads'
import { findQuote, listQuotes as listRows } from '#resources/quotes/store'
import type { Services } from '#services'
import { uuidOf } from '#values/ids'

/** One quote; with `withProviderData` also what each provider sent. */
export async function getQuote(
  services: Services,
  call: Call,
  id: string,
  withProviderData: boolean,
): Promise<Quote> {
  const uuid = uuidOf('quote', id)
  const quote = await findQuote(services.database.sql, call.caller, uuid)
  if (!quote) throw notFound('quote')
  if (!withProviderData) return quote
  const holder = { prefix: 'quote' as const, uuid }
  return {
    ...quote,
    provider_data: await readPayloads(services.database.sql, services.vault, call.caller, holder),
  }
}

/** A page of the account's quotes, newest first. */
export async function listQuotes(services: Services, call: Call, query: ListQuery): Promise<Page<Quote>> {
  const page = services.cursors.read(query, 'quotes', call.caller)
  const rows = await listRows(services.database.sql, call.caller, page)
  return services.cursors.page(rows, page, 'quotes', call.caller, quote => uuidOf('quote', quote.id))
}
