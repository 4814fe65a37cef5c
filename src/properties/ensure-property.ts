import { z } from 'zod'
import type { Address } from '#contract/addresses'
import type { Mode } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import { addressKey } from '#values/address'
import { newUuid } from '#values/ids'

const ENSURE = `
  INSERT INTO properties AS known (id, account_id, mode, address_key, address, uprn, property_reference, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
  ON CONFLICT (account_id, mode, address_key) DO UPDATE
  SET property_reference = coalesce(excluded.property_reference, known.property_reference), updated_at = excluded.updated_at
  RETURNING id`

const Row = z.object({ id: z.string() })

/**
 * The one property of ours that a house is, made on first sight. Null when the address does not tell which house it
 * is: an address id alone never does.
 */
export async function ensureProperty(
  tx: Tx,
  scope: { readonly accountId: string; readonly mode: Mode },
  { address, propertyReference, at }: { address: Address; propertyReference: string | null; at: Date },
): Promise<string | null> {
  const key = addressKey(address)
  if (key === null) return null
  const values = [
    newUuid(),
    scope.accountId,
    scope.mode,
    key,
    JSON.stringify(address),
    address.uprn,
    propertyReference,
    at,
  ]
  return Row.parse((await tx.query(ENSURE, values)).rows[0]).id
}
