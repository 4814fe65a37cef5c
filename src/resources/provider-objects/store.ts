import { z } from 'zod'
import { Metadata, type ProviderId } from '#contract/vocabulary'
import type { Sql, Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import type { Entry } from '#journal/entry'
import { newUuid } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

/** What a caller says of something that is about to be made at a provider. */
export interface NewProviderObject {
  readonly operationUuid: string
  readonly connection: { readonly id: string; readonly provider: ProviderId }
  /** In the contract's words, such as `payment`. */
  readonly kind: string
  readonly metadata: Metadata
  /** The order that it is for. */
  readonly orderUuid: string | null
  readonly at: Date
}

const INSERT = `
  INSERT INTO provider_objects (id, account_id, mode, connection_id, provider, kind, operation_id, order_id, metadata,
    created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

export function insertProviderObject(tx: Tx, scope: Scope, object: NewProviderObject): void {
  const { operationUuid, connection, kind, metadata, orderUuid, at } = object
  const whose = [newUuid(), scope.accountId, scope.mode, connection.id, connection.provider]
  tx.write(INSERT, [...whose, kind, operationUuid, orderUuid, JSON.stringify(metadata), at])
}

const NAME = `
  UPDATE provider_objects SET provider_id = $4 WHERE account_id = $1 AND mode = $2 AND operation_id = $3`

/** Says under which id an operation has made its object; null when it has not, after all. */
export function nameProviderObject(tx: Tx, entry: Entry, providerId: string | null): void {
  tx.write(NAME, [entry.accountId, entry.mode, entry.id, providerId])
}

const METADATA_OF = `
  SELECT provider_id, metadata FROM provider_objects
  WHERE account_id = $1 AND connection_id = $2 AND kind = $3 AND provider_id = ANY($4::text[])`

const Row = z.object({ provider_id: z.string(), metadata: Metadata })

/** Metadata by the provider's id, of those that have any. */
export async function metadataOf(
  sql: Sql,
  accountId: string,
  { connectionId, kind }: { connectionId: string; kind: string },
  providerIds: readonly string[],
): Promise<ReadonlyMap<string, Metadata>> {
  if (providerIds.length === 0) return new Map()
  const { rows } = await sql.query(METADATA_OF, [accountId, connectionId, kind, providerIds])
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map(row => [row.provider_id, row.metadata]),
  )
}

const ORDER = 'SELECT 1 FROM orders WHERE account_id = $1 AND mode = $2 AND id = $3'

/** Whether it is an order of the account. */
export async function isOwnOrder(sql: Sql, { accountId, mode }: Scope, uuid: string): Promise<boolean> {
  return (await sql.query(ORDER, [accountId, mode, uuid])).rowCount === 1
}
