import { z } from 'zod'
import { Mode, ProviderId } from '#contract/vocabulary'
import { ProviderCall } from '#contract/providers'
import { newestFirst, newestOfResource, onTheWay } from '#db/newest-first'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { readsAmongOthers } from '#providers/among-others'
import type { CallRecord } from '#providers/call-context'
import { addDays } from '#values/dates'
import { idFromUuid, idPrefixes, LAST_UUID, uuidOf } from '#values/ids'

/** Quote traffic is many and soon stale; the rest is the record of what was ordered. */
const KEPT_DAYS = { quotes: 7, other: 30 }

function expiryOf({ operation, createdAt }: CallRecord): Date {
  const quoteTraffic = operation.startsWith('quotes.') || operation.startsWith('addresses.')
  return addDays(createdAt, quoteTraffic ? KEPT_DAYS.quotes : KEPT_DAYS.other)
}

const INSERT = `
  INSERT INTO provider_calls (id, account_id, mode, connection_id, provider, operation, resource_prefix, resource_id,
    request_id, method, path, attempt, outcome, status, error_code, duration_ms, request_body, response_body, created_at,
    expires_at)
  SELECT id, account_id, mode, connection_id, provider, operation, resource_prefix, resource_id, request_id, method, path,
    attempt, outcome, status, error_code, duration_ms, request_body, response_body, created_at, expires_at
  FROM jsonb_to_recordset($1::jsonb) AS calls(id uuid, account_id uuid, mode text, connection_id uuid, provider text,
    operation text, resource_prefix text, resource_id uuid, request_id text, method text, path text, attempt int,
    outcome text, status int, error_code text, duration_ms int, request_body jsonb, response_body jsonb,
    created_at timestamptz, expires_at timestamptz)
  ON CONFLICT (id) DO NOTHING`

function toRow(call: CallRecord) {
  const { context } = call
  return {
    id: uuidOf('call', call.id),
    account_id: context.accountId,
    mode: context.connection.mode,
    connection_id: context.connection.id,
    provider: context.connection.provider,
    operation: call.operation,
    resource_prefix: context.resource?.prefix ?? null,
    resource_id: context.resource?.uuid ?? null,
    request_id: context.requestId,
    method: call.method,
    path: call.path,
    attempt: call.attempt,
    outcome: call.outcome,
    status: call.status,
    error_code: call.errorCode,
    duration_ms: Math.round(call.durationMs),
    request_body: call.requestBody ?? null,
    response_body: call.responseBody ?? null,
    created_at: call.createdAt,
    expires_at: expiryOf(call),
  }
}

/** One statement for a batch. A record that is there already is left alone, so that a batch may be written again. */
export async function insertCalls(sql: Sql, batch: readonly CallRecord[]): Promise<void> {
  await sql.query(INSERT, [JSON.stringify(batch.map(toRow))])
}

const DELETE_EXPIRED = `
  DELETE FROM provider_calls WHERE id IN (SELECT id FROM provider_calls WHERE expires_at < $1 LIMIT $2)`

/** Deletes at most `limit` rows that are past their time; returns how many. */
export async function deleteExpiredCalls(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_EXPIRED, [now, limit])).rowCount
}

const Row = z.object({
  id: z.string(),
  mode: Mode,
  provider: ProviderId,
  operation: z.string(),
  resource_prefix: z.enum(idPrefixes).nullable(),
  resource_id: z.string().nullable(),
  request_id: z.string(),
  method: z.string(),
  path: z.string(),
  attempt: z.int(),
  outcome: ProviderCall.shape.outcome,
  status: z.int().nullable(),
  error_code: z.string().nullable(),
  duration_ms: z.int(),
  request_body: z.unknown(),
  response_body: z.unknown(),
  created_at: z.date(),
})

function fromRow(row: unknown): ProviderCall {
  const { id, resource_prefix, resource_id, response_body, created_at, ...rest } = Row.parse(row)
  return {
    id: idFromUuid('call', id),
    object: 'provider_call',
    ...rest,
    // Also of calls that were kept by a version that did keep them.
    response_body: readsAmongOthers(rest.operation) ? null : response_body,
    resource: resource_prefix && resource_id ? idFromUuid(resource_prefix, resource_id) : null,
    created_at: created_at.toISOString(),
  }
}

const COLUMNS = Object.keys(Row.shape).join(', ')

/** A page of calls, newest first, of one resource or one provider where asked for. */
export async function listCalls(
  sql: Sql,
  caller: Caller,
  { resourceUuid, provider }: { resourceUuid: string | null; provider: ProviderId | null },
  page: PageRequest,
): Promise<ProviderCall[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const after = page.after ?? LAST_UUID
  const ofProvider = provider === null ? [] : [['provider', provider] as const]
  const { where, orderBy } =
    resourceUuid === null
      ? newestFirst(caller, ofProvider, after, parameter)
      : newestOfResource(caller, resourceUuid, after, parameter)
  const others = provider === null || resourceUuid === null ? [] : [`provider = ${parameter(provider)}`]
  const { rows } = await sql.query(
    `SELECT ${COLUMNS} FROM provider_calls WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${parameter(page.limit + 1)}`,
    values,
  )
  return rows.map(fromRow)
}
