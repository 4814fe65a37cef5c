import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'
import type { HeldPerson } from '#resources/people/find-person'
import { markOf } from '#tenants/erased-marks'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const ERASE_TENANT = `
  UPDATE tenants SET first_name = NULL, last_name = NULL, email = NULL, phone = NULL, country_code = NULL,
    date_of_birth = NULL, nationality = NULL, billing_address = NULL, erased_email = $3, erased_phone = $4, erased_at = $5,
    updated_at = $5
  WHERE id = $1 AND account_id = $2 AND erased_at IS NULL`

const ERASE_INVITE = `
  UPDATE invites SET first_name = NULL, last_name = NULL, phone = NULL, erased_phone = $3, erased_at = $4, updated_at = $4
  WHERE id = $1 AND account_id = $2 AND erased_at IS NULL`

/** Takes out of tenants and invitations whatever tells who it is; who was erased before stays as they are. */
export function erasePeople(
  tx: Tx,
  vault: Vault,
  scope: Scope,
  { person, at }: { person: HeldPerson; at: Date },
): void {
  const mark = (value: string | null) => markOf(vault, scope, value)
  for (const { uuid, shown } of person.tenants)
    tx.write(ERASE_TENANT, [uuid, scope.accountId, mark(shown.email), mark(shown.phone), at])
  for (const { uuid, shown } of person.invites)
    tx.write(ERASE_INVITE, [uuid, scope.accountId, mark(shown.phone), at])
}

const WIPE_INPUTS = `
  UPDATE operations SET input = NULL, wipe_at = NULL
  WHERE account_id = $1 AND id = ANY($2::uuid[]) AND state NOT IN ('planned', 'sending', 'unknown')`

const DROP_PAYLOADS = 'DELETE FROM provider_payloads WHERE account_id = $1 AND id = ANY($2::uuid[])'

// Of what must never run twice the key stays taken: it is answered from the resource from then on.
const FORGET_ANSWERS = `
  UPDATE idempotency_records SET state = 'running', status = NULL, headers = NULL, body = NULL, fence = fence + 1
  WHERE account_id = $1 AND id = ANY($2::uuid[]) AND state = 'done' AND resource_id IS NOT NULL`

const FREE_KEYS = `
  DELETE FROM idempotency_records
  WHERE account_id = $1 AND id = ANY($2::uuid[]) AND state = 'done' AND resource_id IS NULL`

/** By kind of what is sealed, the ids of the rows that name the person. */
export interface SealedRows {
  readonly inputs: readonly string[]
  readonly payloads: readonly string[]
  readonly answers: readonly string[]
}

/** Takes away what is sealed about a person, whosever else it is about. */
export function dropSealed(tx: Tx, { accountId }: Scope, rows: SealedRows): void {
  tx.write(WIPE_INPUTS, [accountId, rows.inputs])
  tx.write(DROP_PAYLOADS, [accountId, rows.payloads])
  tx.write(FORGET_ANSWERS, [accountId, rows.answers])
  tx.write(FREE_KEYS, [accountId, rows.answers])
}

const erasedMetadata = (table: 'orders' | 'leads') => `
  UPDATE ${table} SET metadata = (
    SELECT jsonb_object_agg(key, CASE WHEN value ILIKE ANY($3) THEN '[erased]' ELSE value END)
    FROM jsonb_each_text(metadata))
  WHERE account_id = $1 AND id = ANY($2::uuid[])
    AND EXISTS (SELECT 1 FROM jsonb_each_text(metadata) WHERE value ILIKE ANY($3))`

const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/** Takes the person out of the caller's own words on their orders and leads. */
export function eraseFromMetadata(tx: Tx, { accountId }: Scope, person: HeldPerson): void {
  const texts = person.tenants.flatMap(({ shown: { email, phone, first_name, last_name } }) => [
    ...(email === null ? [] : [email]),
    ...(phone === null ? [] : [phone]),
    ...(first_name === null || last_name === null ? [] : [`${first_name} ${last_name}`]),
  ])
  if (texts.length === 0) return
  const patterns = texts.map(containing)
  tx.write(erasedMetadata('orders'), [accountId, person.orders, patterns])
  tx.write(erasedMetadata('leads'), [accountId, person.leads, patterns])
}
