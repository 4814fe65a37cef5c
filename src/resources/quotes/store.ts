import { z } from 'zod'
import { Mode } from '#contract/vocabulary'
import { Offer, ProviderResult, QuotedHousehold, type Quote, quoteStatuses } from '#contract/quotes'
import { newestFirst } from '#db/newest-first'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { idFromUuid, LAST_UUID, uuidOf } from '#values/ids'
import type { AnsweredOffer } from '#resources/quotes/ask-providers'
import { cheapestOf } from '#resources/quotes/rank-offers'

const COLUMNS = 'id, mode, status, request, offers, results, metadata, created_at, expires_at'

const Row = z.object({
  id: z.string(),
  mode: Mode,
  status: z.enum(quoteStatuses),
  request: QuotedHousehold,
  offers: z.array(Offer),
  results: z.array(ProviderResult),
  metadata: z.record(z.string(), z.string()),
  created_at: z.date(),
  expires_at: z.date(),
})

function fromRow(row: unknown): Quote {
  const { results, offers, created_at, expires_at, id, ...rest } = Row.parse(row)
  return {
    id: idFromUuid('quote', id),
    object: 'quote',
    ...rest,
    created_at: created_at.toISOString(),
    expires_at: expires_at.toISOString(),
    offers,
    cheapest_offer_id: cheapestOf(offers),
    providers: results,
  }
}

const INSERT = `
  INSERT INTO quotes (id, account_id, mode, status, request, offers, results, metadata, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

export function insertQuote(tx: Tx, caller: Caller, quote: Quote): void {
  tx.write(INSERT, [
    uuidOf('quote', quote.id),
    caller.accountId,
    caller.mode,
    quote.status,
    JSON.stringify(quote.request),
    JSON.stringify(quote.offers),
    JSON.stringify(quote.providers),
    JSON.stringify(quote.metadata),
    new Date(quote.created_at),
    new Date(quote.expires_at),
  ])
}

const INSERT_OFFERS = `
  INSERT INTO offers (id, account_id, mode, quote_id, provider, connection_id, product, provider_quote_id)
  SELECT t.id, $2, $3, $4, t.provider, t.connection_id, t.product, t.provider_quote_id
  FROM unnest($1::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[])
    AS t(id, provider, connection_id, product, provider_quote_id)`

export function insertOffers(
  tx: Tx,
  caller: Caller,
  quoteUuid: string,
  offers: readonly AnsweredOffer[],
): void {
  if (offers.length === 0) return
  tx.write(INSERT_OFFERS, [
    offers.map(({ offer }) => uuidOf('offer', offer.id)),
    caller.accountId,
    caller.mode,
    quoteUuid,
    offers.map(({ offer }) => offer.provider),
    offers.map(({ connectionId }) => connectionId),
    offers.map(({ offer }) => offer.product),
    offers.map(({ providerQuoteId }) => providerQuoteId),
  ])
}

const FIND = `SELECT ${COLUMNS} FROM quotes WHERE id = $1 AND account_id = $2 AND mode = $3`

export async function findQuote(sql: Sql, caller: Caller, uuid: string): Promise<Quote | null> {
  const { rows } = await sql.query(FIND, [uuid, caller.accountId, caller.mode])
  return rows.length === 0 ? null : fromRow(rows[0])
}

/** Holds the row until the transaction ends. */
export async function lockQuote(tx: Tx, caller: Caller, uuid: string): Promise<Quote | null> {
  const { rows } = await tx.query(`${FIND} FOR UPDATE`, [uuid, caller.accountId, caller.mode])
  return rows.length === 0 ? null : fromRow(rows[0])
}

const UPDATE = `
  UPDATE quotes SET status = $4, offers = $5, results = $6 WHERE id = $1 AND account_id = $2 AND mode = $3`

export function updateQuote(tx: Tx, caller: Caller, quote: Quote): void {
  const uuid = uuidOf('quote', quote.id)
  const changed = [quote.status, JSON.stringify(quote.offers), JSON.stringify(quote.providers)]
  tx.write(UPDATE, [uuid, caller.accountId, caller.mode, ...changed])
}

/** One row more than asked for, so that the page knows whether there is another. */
export async function listQuotes(sql: Sql, caller: Caller, page: PageRequest): Promise<Quote[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const { where, orderBy } = newestFirst(caller, [], page.after ?? LAST_UUID, parameter)
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM quotes WHERE ${where} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return rows.map(fromRow)
}

const OfferRow = z.object({
  quote_id: z.string(),
  connection_id: z.string(),
  provider_quote_id: z.string().nullable(),
})

const FIND_OFFER = `
  SELECT quote_id, connection_id, provider_quote_id FROM offers WHERE id = $1 AND account_id = $2 AND mode = $3`

export async function findOfferRow(
  sql: Sql,
  caller: Caller,
  uuid: string,
): Promise<z.output<typeof OfferRow> | null> {
  const { rows } = await sql.query(FIND_OFFER, [uuid, caller.accountId, caller.mode])
  return rows.length === 0 ? null : OfferRow.parse(rows[0])
}
