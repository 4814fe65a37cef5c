import { bootstrapAccount } from '#test/seeded-order'
import type { TestGateway } from '#test/gateway'
import { household } from '#test/households'
import { leadRequest } from '#test/lead-requests'
import { homeboxOffer, invitee, payer } from '#test/orders'
import { voidRequest } from '#test/portfolio'

const ROWS = 6_000
/** Quotes are large, and take long to fill. */
const QUOTES = 200

/** UUID number `n` of a table, in the order of the list. */
const uuid = (n: string, group = '8000') =>
  `('00000000-0000-7000-${group}-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Values of very few rows, far apart. */
export const rare = {
  branch: '00000000-0000-7000-a000-00000000000b',
  reference: 'rare reference',
  providerId: 'rare-7',
  key: '00000000-0000-7000-a000-00000000000d',
} as const

/** A row in the middle of each list. */
export const middle = {
  uuid: `00000000-0000-7000-8000-${(ROWS / 2).toString(16).padStart(12, '0')}`,
  quote: `00000000-0000-7000-8000-${(QUOTES / 2).toString(16).padStart(12, '0')}`,
  resource: `00000000-0000-7000-9000-${(ROWS / 8).toString(16).padStart(12, '0')}`,
  webhook: '00000000-0000-7000-a000-00000000000c',
  at: new Date(Date.UTC(2026, 0, 1) + (ROWS / 2) * 60_000),
} as const

const at = "timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute'"
const few = (column: string, value: string, at: number) =>
  `'${column}', CASE WHEN n % 1500 = ${at} THEN '${value}' ELSE one.${column} END`
const ofResource = `'resource_id', ${uuid('n / 4', '9000')}`

/** What makes a copy of the newest row another row. */
const differences: Readonly<Record<string, readonly string[]>> = {
  quotes: [],
  voids: [],
  leads: [few('status', 'failed', 1), few('branch_id', rare.branch, 2)],
  orders: [
    `'created_at', ${at}`,
    few('status', 'failed', 1),
    few('branch_id', rare.branch, 2),
    few('provider', 'housr', 3),
    few('reference', rare.reference, 4),
    few('property_reference', rare.reference, 5),
  ],
  operations: [
    ofResource,
    `'seq', 1 + n % 4`,
    few('state', 'unknown', 1),
    few('provider', 'housr', 3),
    few('operation', 'mandates.update', 4),
  ],
  events: [ofResource, `'seq', 1 + n % 4`, few('type', 'lead.failed', 1)],
  mappings: [
    ofResource,
    `'provider_id', 'rare-' || n`,
    few('provider', 'housr', 3),
    few('provider_resource', 'invite', 4),
  ],
  provider_calls: [ofResource, few('provider', 'housr', 3)],
  api_keys: [`'hash', '\\x' || lpad(to_hex(n), 64, '0')`],
  audit_entries: [ofResource, few('action', 'api_keys.revoked', 1), few('actor_key_id', rare.key, 2)],
  webhooks: [],
  deliveries: [
    `'webhook_id', '${middle.webhook}'`,
    `'event_id', ${uuid('n', '9000')}`,
    few('state', 'dead', 1),
  ],
}

/** Long lists of every kind, copied from rows that the service itself has written. Returns whose they are. */
export async function fillLists(gateway: TestGateway) {
  const { api, services } = gateway
  const { sql } = services.database
  await api('POST /v1/webhooks', { body: { url: 'https://agency.example/hooks' } })
  await api('POST /v1/quotes', { body: household() })
  await api('POST /v1/voids', { body: voidRequest() })
  await api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'] }) })
  const offer_id = await homeboxOffer(api)
  await api('POST /v1/orders', { body: { offer_id, bill_payers: 2, tenants: [payer(), invitee()] } })
  await services.callLog.flush()
  for (const [table, changes] of Object.entries(differences)) {
    const changed = [`'id', ${uuid('n')}`, ...changes].join(', ')
    await sql.query(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(one, jsonb_build_object(${changed}))).*
       FROM ${table} AS one, generate_series(1, ${table === 'quotes' ? QUOTES : ROWS}) AS n
       WHERE one.id = (SELECT id FROM ${table} ORDER BY id LIMIT 1)`,
    )
  }
  await sql.query(`ANALYZE ${Object.keys(differences).join(', ')}`)
  return { accountId: await bootstrapAccount(gateway), mode: 'test' as const, keyId: '', scopes: [] }
}
