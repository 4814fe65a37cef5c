import { z } from 'zod'
import { OperationState } from '#contract/operations'
import type { SealedCopy } from '#contract/people'
import { ProviderId } from '#contract/vocabulary'
import type { Sql } from '#db/tx'
import { type Vault, VaultError } from '#db/vault'
import type { Caller } from '#http/caller'
import { answerContext } from '#http/idempotency/sealed-answers'
import { inputContext } from '#journal/access'
import { sealedPayloads } from '#payloads/provider-payloads'
import type { HeldPerson } from '#resources/people/find-person'
import { FIRST_UUID, idFromUuid, idPrefixes } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

/** Something sealed that names a person, opened. */
export interface OpenedCopy {
  readonly kind: SealedCopy['kind']
  /** Of its row. */
  readonly id: string
  readonly resource: { readonly prefix: (typeof idPrefixes)[number]; readonly uuid: string } | null
  readonly provider: SealedCopy['provider']
  /** Of the operation whose input it is. */
  readonly state: OperationState | null
  readonly keptUntil: Date | null
  /** Whether it is about nobody else. */
  readonly isTheirsAlone: boolean
  readonly data: unknown
}

const Row = z.object({
  id: z.string(),
  resource_prefix: z.enum(idPrefixes).nullable(),
  resource_id: z.string().nullable(),
  subject_id: z.string().nullable(),
  provider: ProviderId.nullable(),
  state: OperationState.nullable(),
  kept_until: z.date().nullable(),
  sealed: z.instanceof(Uint8Array),
})
type Row = z.output<typeof Row>

const CHUNK = 500

// Inputs are kept while an operation is not settled, and of what did not succeed until `wipe_at`.
const STATEMENTS: Readonly<Record<SealedCopy['kind'], string>> = {
  operation_input: `
    SELECT id, resource_prefix, resource_id, subject_id, provider, state, wipe_at AS kept_until, input AS sealed
    FROM operations
    WHERE account_id = $1 AND mode = $2 AND input IS NOT NULL
      AND (state IN ('planned', 'sending', 'unknown') OR wipe_at IS NOT NULL) AND id > $3 ORDER BY id LIMIT ${CHUNK}`,
  provider_payload: `
    SELECT id, resource_prefix, resource_id, NULL AS subject_id, provider, NULL AS state, NULL::timestamptz AS kept_until,
      body AS sealed
    FROM provider_payloads
    WHERE account_id = $1 AND mode = $2 AND resource_id = ANY($4::uuid[]) AND id > $3 ORDER BY id LIMIT ${CHUNK}`,
  idempotent_answer: `
    SELECT id, resource_prefix, resource_id, NULL AS subject_id, NULL AS provider, NULL AS state,
      expires_at AS kept_until, body AS sealed
    FROM idempotency_records
    WHERE account_id = $1 AND mode = $2 AND body IS NOT NULL AND status < 400 AND id > $3 ORDER BY id LIMIT ${CHUNK}`,
}

function contextOf(kind: SealedCopy['kind'], { accountId }: Scope, row: Row): string {
  if (kind === 'operation_input') return inputContext(row.id)
  if (kind === 'idempotent_answer') return answerContext(row.id)
  const { resource_id, provider } = row
  return sealedPayloads.contextOf({
    account_id: accountId,
    resource_id: resource_id ?? '',
    provider: provider ?? '',
  })
}

/** Null for what no key of ours opens any more: nobody can read that. */
function open(vault: Vault, sealed: Uint8Array, context: string): string | null {
  try {
    return vault.open(sealed, context).toString('utf8')
  } catch (err) {
    if (err instanceof VaultError) return null
    throw err
  }
}

interface Search {
  readonly scope: Scope
  readonly person: HeldPerson
  /** Texts that name the person, in lower case. */
  readonly names: readonly string[]
}

function toCopy(
  vault: Vault,
  kind: SealedCopy['kind'],
  row: Row,
  { scope, person, names }: Search,
): OpenedCopy[] {
  const text = open(vault, row.sealed, contextOf(kind, scope, row))
  if (text === null) return []
  const { resource_prefix: prefix, resource_id: uuid, subject_id } = row
  const isTheirsAlone = person.people.some(id => id === uuid || id === subject_id)
  // What is kept of a whole order or lead may name somebody by what they were known by before.
  const isOfTheirPlace =
    kind !== 'operation_input' && [...person.orders, ...person.leads].includes(uuid ?? '')
  const plain = text.toLowerCase()
  if (!isTheirsAlone && !isOfTheirPlace && !names.some(name => plain.includes(name))) return []
  return [
    {
      kind,
      id: row.id,
      resource: prefix && uuid ? { prefix, uuid } : null,
      provider: row.provider,
      state: row.state,
      keptUntil: row.kept_until,
      isTheirsAlone,
      data: JSON.parse(text),
    },
  ]
}

async function copiesOf(
  sql: Sql,
  vault: Vault,
  kind: SealedCopy['kind'],
  search: Search,
): Promise<OpenedCopy[]> {
  const { accountId, mode } = search.scope
  const { people, orders, leads } = search.person
  const held = kind === 'provider_payload' ? [[...people, ...orders, ...leads]] : []
  const found: OpenedCopy[] = []
  for (let after = FIRST_UUID; ; ) {
    const { rows } = await sql.query(STATEMENTS[kind], [accountId, mode, after, ...held])
    const chunk = z.array(Row).parse(rows)
    found.push(...chunk.flatMap(row => toCopy(vault, kind, row, search)))
    const last = chunk.at(-1)
    if (!last || chunk.length < CHUNK) return found
    after = last.id
  }
}

/** Everything sealed that names a person: the account's pending inputs, payloads and answers are opened and read. */
export async function sealedCopiesOf(sql: Sql, vault: Vault, search: Search): Promise<OpenedCopy[]> {
  const inputs = await copiesOf(sql, vault, 'operation_input', search)
  const payloads = await copiesOf(sql, vault, 'provider_payload', search)
  return [...inputs, ...payloads, ...(await copiesOf(sql, vault, 'idempotent_answer', search))]
}

export function toSealedCopy({ kind, id, resource, provider, keptUntil }: OpenedCopy): SealedCopy {
  const named = kind === 'operation_input' ? { prefix: 'operation' as const, uuid: id } : resource
  return {
    kind,
    resource: named && idFromUuid(named.prefix, named.uuid),
    provider,
    kept_until: keptUntil?.toISOString() ?? null,
  }
}
