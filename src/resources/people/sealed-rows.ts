import { z } from 'zod'
import { OperationState } from '#contract/operations'
import type { SealedCopy } from '#contract/people'
import { ProviderId } from '#contract/vocabulary'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import type { HeldPerson } from '#resources/people/find-person'
import { FIRST_UUID, idPrefixes } from '#values/ids'

const Row = z.object({
  id: z.string(),
  resource_prefix: z.enum(idPrefixes).nullable(),
  resource_id: z.string().nullable(),
  subject_id: z.string().nullable(),
  /** Whether the operation is about one person of whom we know. */
  of_one: z.boolean(),
  provider: ProviderId.nullable(),
  state: OperationState.nullable(),
  kept_until: z.date().nullable(),
  sealed: z.instanceof(Uint8Array),
})
/** A row with something sealed that may name somebody. */
export type SealedRow = z.output<typeof Row>

const CHUNK = 500

// Inputs are kept while an operation is not settled, and of what did not succeed until `wipe_at`. Homebox's answers tell
// who is responsible for an empty house.
const STATEMENTS: Readonly<Record<SealedCopy['kind'], string>> = {
  operation_input: `
    SELECT id, resource_prefix, resource_id, subject_id, provider, state, wipe_at AS kept_until, input AS sealed,
      EXISTS (SELECT 1 FROM tenants WHERE account_id = $1 AND tenants.id IN (resource_id, subject_id))
        OR EXISTS (SELECT 1 FROM invites WHERE account_id = $1 AND invites.id IN (resource_id, subject_id)) AS of_one
    FROM operations
    WHERE account_id = $1 AND mode = $2 AND input IS NOT NULL
      AND (state IN ('planned', 'sending', 'unknown') OR wipe_at IS NOT NULL) AND id > $3 ORDER BY id LIMIT ${CHUNK}`,
  provider_payload: `
    SELECT id, resource_prefix, resource_id, NULL AS subject_id, provider, NULL AS state, NULL::timestamptz AS kept_until,
      body AS sealed, false AS of_one
    FROM provider_payloads
    WHERE account_id = $1 AND mode = $2 AND id > $3
      AND (resource_id = ANY($4::uuid[]) OR resource_prefix IN ('void', 'tenancy', 'property'))
    ORDER BY id LIMIT ${CHUNK}`,
  idempotent_answer: `
    SELECT id, resource_prefix, resource_id, NULL AS subject_id, NULL AS provider, NULL AS state,
      expires_at AS kept_until, body AS sealed, false AS of_one
    FROM idempotency_records
    WHERE account_id = $1 AND mode = $2 AND body IS NOT NULL AND status < 400 AND id > $3 ORDER BY id LIMIT ${CHUNK}`,
}

/** All pending inputs and kept answers of the account, and the payloads of houses and of what a person belongs to, in chunks. */
export async function* sealedRows(
  sql: Sql,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  kind: SealedCopy['kind'],
  { people, orders, leads }: HeldPerson,
): AsyncGenerator<SealedRow[]> {
  const held = kind === 'provider_payload' ? [[...people, ...orders, ...leads]] : []
  for (let after = FIRST_UUID; ; ) {
    const { rows } = await sql.query(STATEMENTS[kind], [scope.accountId, scope.mode, after, ...held])
    const chunk = z.array(Row).parse(rows)
    yield chunk
    const last = chunk.at(-1)
    if (!last || chunk.length < CHUNK) return
    after = last.id
  }
}
