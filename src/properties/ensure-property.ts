import { z } from 'zod'
import type { Address } from '#contract/addresses'
import type { Mode } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import { addressKey } from '#values/address'
import { newUuid } from '#values/ids'

// One statement, so that an order costs no further round trip. Lines alone do not make two UPRNs one house. A house of
// which nothing new is said is not written to: whoever names it next would wait for the row.
const ENSURE = `
  WITH house AS (
    SELECT id FROM properties
    WHERE account_id = $2 AND mode = $3 AND (address_key = $4 OR uprn = $7
      OR ((address_key = $5 OR lines_key = $5) AND (uprn IS NULL OR $7::text IS NULL)))
    ORDER BY (uprn = $7) DESC NULLS LAST, id LIMIT 1
  ), updated AS (
    UPDATE properties AS known
    SET property_reference = coalesce($8, known.property_reference), uprn = coalesce(known.uprn, $7),
      lines_key = coalesce(known.lines_key, $5), address = $6::jsonb || jsonb_strip_nulls(known.address), updated_at = $9
    FROM house
    WHERE known.id = house.id AND (coalesce($8, known.property_reference), coalesce(known.uprn, $7),
        coalesce(known.lines_key, $5), $6::jsonb || jsonb_strip_nulls(known.address))
      IS DISTINCT FROM (known.property_reference, known.uprn, known.lines_key, known.address)
  ), made AS (
    INSERT INTO properties AS known (id, account_id, mode, address_key, lines_key, address, uprn, property_reference, created_at, updated_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $9 WHERE NOT EXISTS (SELECT 1 FROM house)
    ON CONFLICT (account_id, mode, address_key) DO UPDATE
    SET property_reference = coalesce(excluded.property_reference, known.property_reference), updated_at = excluded.updated_at
    RETURNING id
  )
  SELECT id FROM house UNION ALL SELECT id FROM made`

const Row = z.object({ id: z.string() })

/** A house as somebody names it. */
export interface NamedHouse {
  readonly address: Address
  readonly propertyReference: string | null
  readonly at: Date
  /** The id that it gets when nobody has named it before. */
  readonly uuid?: string
}

/**
 * The one property of ours that a house is, made on first sight: the one with the same UPRN, else with the same lines.
 * Null when the address does not tell which house it is: an address id alone never does.
 */
export async function ensureProperty(
  tx: Tx,
  scope: { readonly accountId: string; readonly mode: Mode },
  { address, propertyReference, at, uuid = newUuid() }: NamedHouse,
): Promise<string | null> {
  const key = addressKey(address)
  if (key === null) return null
  const lines = addressKey({ ...address, uprn: null })
  const uprn = address.uprn?.replace(/^0+/, '') || null
  const values = [uuid, scope.accountId, scope.mode, key, lines, JSON.stringify(address), uprn]
  return Row.parse((await tx.query(ENSURE, [...values, propertyReference, at])).rows[0]).id
}
