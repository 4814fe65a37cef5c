import { z } from 'zod'
import { ProviderId } from '#contract/vocabulary'
import { type TimelineEntry, timelineKinds } from '#contract/timeline'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import type { Family } from '#resources/orders/timeline/family'
import { idFromUuid, idPrefixes } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const ours = 'account_id = $1 AND mode = $2'
const none = {
  resource_prefix: 'NULL',
  resource_id: 'NULL::uuid',
  operation_id: 'NULL::uuid',
  provider: 'NULL',
  name: 'NULL',
  state: 'NULL',
  provider_ids: `'[]'::jsonb`,
  http_status: 'NULL::int',
}

/** One source of entries: every column of the union, by what it is read from. */
function source(
  kind: (typeof timelineKinds)[number],
  { from, ...columns }: Partial<typeof none> & { from: string },
): string {
  const read = Object.entries({ ...none, ...columns }).map(([name, value]) => `${value} AS ${name}`)
  const rank = timelineKinds.indexOf(kind)
  return `SELECT created_at AS at, ${rank} AS rank, id, '${kind}' AS kind, ${read.join(', ')} FROM ${from}`
}

const itself = (prefix: string) => ({ resource_prefix: `'${prefix}'`, resource_id: 'id' })
const served = { resource_prefix: 'resource_prefix', resource_id: 'resource_id', provider: 'provider' }
const stateNow = `CASE WHEN state = 'sending' AND lease_until < $10 THEN 'unknown' ELSE state END`

// $3 order, $4 quote, $5 resources, $6 operations, $7 to $9 the place in the list, $10 now, $11 limit
const ENTRIES = `
  SELECT * FROM (${[
    source('quote', { ...itself('quote'), state: 'status', from: `quotes WHERE ${ours} AND id = $4` }),
    source('lead', { ...itself('lead'), state: 'status', from: `leads WHERE ${ours} AND quote_id = $4` }),
    source('order', {
      ...itself('order'),
      provider: 'provider',
      state: 'status',
      from: `orders WHERE ${ours} AND id = $3`,
    }),
    source('payer', {
      ...itself('tenant'),
      state: 'mandate_status',
      from: `tenants WHERE ${ours} AND order_id = $3`,
    }),
    source('invite', { ...itself('invite'), from: `invites WHERE ${ours} AND order_id = $3` }),
    source('operation', {
      ...served,
      resource_prefix: `CASE WHEN resource_prefix = 'operation' THEN 'order' ELSE resource_prefix END`,
      resource_id: `CASE WHEN resource_prefix = 'operation' THEN $3 ELSE resource_id END`,
      operation_id: 'id',
      name: 'operation',
      state: stateNow,
      provider_ids: 'provider_ids',
      from: `operations WHERE ${ours} AND id = ANY($6::uuid[])`,
    }),
    source('provider_object', {
      resource_prefix: `'order'`,
      resource_id: 'order_id',
      operation_id: 'operation_id',
      provider: 'provider',
      name: 'kind',
      provider_ids: 'jsonb_build_array(provider_id)',
      from: `provider_objects WHERE ${ours} AND order_id = $3 AND provider_id IS NOT NULL`,
    }),
    source('call', {
      ...served,
      name: 'operation',
      state: 'outcome',
      http_status: 'status',
      from: `provider_calls WHERE ${ours} AND resource_id = ANY($5::uuid[] || $6::uuid[])`,
    }),
    source('event', {
      ...served,
      provider: `data ->> 'provider'`,
      name: 'type',
      state: `coalesce(data ->> 'status', data ->> 'state')`,
      from: `events WHERE ${ours} AND resource_id = ANY($5::uuid[] || $6::uuid[])`,
    }),
  ].join('\n    UNION ALL ')}) AS entries
  WHERE (at, rank, id) > ($7, $8, $9)
  ORDER BY at, rank, id LIMIT $11`

const Row = z.object({
  at: z.date(),
  rank: z.int(),
  id: z.string(),
  kind: z.enum(timelineKinds),
  resource_prefix: z.enum(idPrefixes).nullable(),
  resource_id: z.string().nullable(),
  operation_id: z.string().nullable(),
  provider: ProviderId.nullable(),
  name: z.string().nullable(),
  state: z.string().nullable(),
  provider_ids: z.array(z.string()),
  http_status: z.int().nullable(),
})

/** A place in a timeline: the last entry that was shown. */
export interface TimelinePlace {
  readonly at: Date | '-infinity'
  readonly rank: number
  readonly uuid: string
}

function fromRow(row: unknown): { place: TimelinePlace; entry: TimelineEntry } {
  const { at, rank, id, kind, resource_prefix, resource_id, operation_id, ...same } = Row.parse(row)
  const entry: TimelineEntry = {
    object: 'timeline_entry',
    at: at.toISOString(),
    kind,
    resource: resource_prefix && resource_id ? idFromUuid(resource_prefix, resource_id) : null,
    operation: operation_id ? idFromUuid('operation', operation_id) : null,
    call: kind === 'call' ? idFromUuid('call', id) : null,
    event: kind === 'event' ? idFromUuid('event', id) : null,
    ...same,
  }
  return { place: { at, rank, uuid: id }, entry }
}

/** Entries that come after a place, oldest first, one more than asked for. */
export async function timelineOf(
  sql: Sql,
  { accountId, mode }: Scope,
  { orderUuid, quoteUuid, resources, operations }: Family,
  { after, limit, now }: { after: TimelinePlace; limit: number; now: Date },
) {
  const family = [orderUuid, quoteUuid, resources, operations]
  const page = [after.at, after.rank, after.uuid, now, limit + 1]
  return (await sql.query(ENTRIES, [accountId, mode, ...family, ...page])).rows.map(fromRow)
}
