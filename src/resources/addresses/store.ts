import { z } from 'zod'
import type { FoundAddress } from '#contract/addresses'
import { ProviderId } from '#contract/vocabulary'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import { newUuid } from '#values/ids'
import { lastPostcodeIn } from '#values/postcode'

/** An address that this account was shown. */
export interface KnownAddress {
  readonly provider: ProviderId
  readonly address_id: string
  readonly label: string
  readonly postcode: string | null
}

/** How long an address that was shown can be named by its id. */
export const KEPT_DAYS = 30

const KEEP = `
  INSERT INTO known_addresses (id, account_id, mode, provider, address_id, label, postcode, expires_at)
  SELECT t.id, $2, $3, t.provider, t.address_id, t.label, t.postcode, $4
  FROM unnest($1::uuid[], $5::text[], $6::text[], $7::text[], $8::text[]) AS t(id, provider, address_id, label, postcode)
  ON CONFLICT (account_id, mode, address_id, provider)
  DO UPDATE SET label = excluded.label, postcode = excluded.postcode, expires_at = excluded.expires_at`

const FIND = `
  SELECT provider, address_id, label, postcode FROM known_addresses
  WHERE account_id = $1 AND mode = $2 AND address_id = $3 AND expires_at > $4
  ORDER BY expires_at DESC LIMIT 1`

const Row = z.object({
  provider: ProviderId,
  address_id: z.string(),
  label: z.string(),
  postcode: z.string().nullable(),
})

/** Keeps what was shown, so that its `address_id` can stand for it until `expiresAt`. */
export async function keepAddresses(
  sql: Sql,
  caller: Caller,
  shown: readonly Omit<FoundAddress, 'object'>[],
  expiresAt: Date,
): Promise<void> {
  const distinct = [
    ...new Map(shown.map(address => [`${address.provider} ${address.address_id}`, address])).values(),
  ]
  if (distinct.length === 0) return
  await sql.query(KEEP, [
    distinct.map(() => newUuid()),
    caller.accountId,
    caller.mode,
    expiresAt,
    distinct.map(address => address.provider),
    distinct.map(address => address.address_id),
    distinct.map(address => address.label),
    distinct.map(address => lastPostcodeIn(address.label)?.postcode ?? null),
  ])
}

export async function findKnownAddress(
  sql: Sql,
  caller: Caller,
  addressId: string,
  now: Date,
): Promise<KnownAddress | null> {
  const { rows } = await sql.query(FIND, [caller.accountId, caller.mode, addressId, now])
  return rows.length === 0 ? null : Row.parse(rows[0])
}

const DELETE_EXPIRED = `
  DELETE FROM known_addresses
  WHERE id IN (SELECT id FROM known_addresses WHERE expires_at < $1 LIMIT $2) AND expires_at < $1`

/** Deletes at most `limit` rows that are past their time; returns how many. */
export async function deleteExpiredAddresses(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_EXPIRED, [now, limit])).rowCount
}
