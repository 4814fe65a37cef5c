import { z } from 'zod'
import type { ProviderData, ProviderId } from '#contract/vocabulary'
import type { SealedColumn } from '#db/sealed-columns'
import type { Sql, Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'
import type { RunResult } from '#providers/run'
import { type IdPrefix, newUuid } from '#values/ids'

export interface Holder {
  readonly prefix: IdPrefix
  readonly uuid: string
}

type Payload = NonNullable<RunResult<unknown>['payload']>

const KEEP = `
  INSERT INTO provider_payloads (id, account_id, mode, resource_prefix, resource_id, provider, fetched_at, body)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (account_id, resource_id, provider) DO UPDATE SET fetched_at = excluded.fetched_at, body = excluded.body`

const READ = `
  SELECT provider, fetched_at, body FROM provider_payloads
  WHERE account_id = $1 AND mode = $2 AND resource_id = $3 ORDER BY provider`

const Row = z.object({ provider: z.string(), fetched_at: z.date(), body: z.instanceof(Uint8Array) })

function contextOf(
  caller: Pick<Caller, 'accountId'>,
  holder: Pick<Holder, 'uuid'>,
  provider: string,
): string {
  return `provider_payloads/${caller.accountId}/${holder.uuid}/${provider}`
}

export const sealedPayloads: SealedColumn = {
  table: 'provider_payloads',
  column: 'body',
  from: ['account_id', 'resource_id', 'provider'],
  contextOf: ({ account_id = '', resource_id = '', provider = '' }) =>
    contextOf({ accountId: account_id }, { uuid: resource_id }, provider),
}

/** Keeps a provider's latest payload of a resource, sealed, in the commit that stores what was read from it. */
export function keepPayload(
  tx: Tx,
  vault: Vault,
  caller: Pick<Caller, 'accountId' | 'mode'>,
  holder: Holder,
  { provider, payload }: { provider: ProviderId; payload: Payload },
): void {
  const sealed = vault.seal(JSON.stringify(payload.data), contextOf(caller, holder, provider))
  const id = newUuid()
  const values = [
    id,
    caller.accountId,
    caller.mode,
    holder.prefix,
    holder.uuid,
    provider,
    payload.fetchedAt,
    sealed,
  ]
  tx.write(KEEP, values)
}

/** What `include=provider_data` shows. */
export async function readPayloads(
  sql: Sql,
  vault: Vault,
  caller: Caller,
  holder: Holder,
): Promise<ProviderData> {
  const { rows } = await sql.query(READ, [caller.accountId, caller.mode, holder.uuid])
  const entries = z
    .array(Row)
    .parse(rows)
    .map(row => {
      const opened = vault.open(row.body, contextOf(caller, holder, row.provider)).toString('utf8')
      const data: unknown = JSON.parse(opened)
      return [row.provider, { fetched_at: row.fetched_at.toISOString(), data }] as const
    })
  return Object.fromEntries(entries)
}
