import type { OperationState } from '#contract/operations'
import { type SealedCopy, sealedKinds } from '#contract/people'
import type { Sql } from '#db/tx'
import { type Vault, VaultError } from '#db/vault'
import type { Caller } from '#http/caller'
import { answerContext } from '#http/idempotency/sealed-answers'
import { inputContext } from '#journal/access'
import type { Holder } from '#journal/entry'
import { sealedPayloads } from '#payloads/provider-payloads'
import type { HeldPerson } from '#resources/people/find-person'
import type { Naming } from '#resources/people/naming'
import { type SealedRow, sealedRows } from '#resources/people/sealed-rows'
import { idFromUuid } from '#values/ids'

type Kind = SealedCopy['kind']

/** Something sealed that names a person, opened. */
export interface OpenedCopy {
  readonly kind: Kind
  /** Of its row. */
  readonly id: string
  readonly resource: Holder | null
  readonly provider: SealedCopy['provider']
  /** Of the operation whose input it is. */
  readonly state: OperationState | null
  readonly keptUntil: Date | null
  /** Whether it is about nobody else. */
  readonly isTheirsAlone: boolean
  readonly data: unknown
}

/** Where and how a person is looked for. */
export interface Search {
  readonly scope: Pick<Caller, 'accountId' | 'mode'>
  readonly person: HeldPerson
  readonly naming: Naming
}

function contextOf(kind: Kind, accountId: string, { id, resource_id, provider }: SealedRow): string {
  if (kind === 'operation_input') return inputContext(id)
  if (kind === 'idempotent_answer') return answerContext(id)
  const named = { account_id: accountId, resource_id: resource_id ?? '', provider: provider ?? '' }
  return sealedPayloads.contextOf(named)
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

function isTheirs({ people }: HeldPerson, { resource_id, subject_id }: SealedRow): boolean {
  return people.some(uuid => uuid === resource_id || uuid === subject_id)
}

/** What is kept of a whole order or lead may name somebody by what they were known by before. */
function isOfTheirPlace({ orders, leads }: HeldPerson, kind: Kind, { resource_id }: SealedRow): boolean {
  return kind !== 'operation_input' && [...orders, ...leads].some(uuid => uuid === resource_id)
}

function toCopy(vault: Vault, kind: Kind, row: SealedRow, { scope, person, naming }: Search): OpenedCopy[] {
  const text = open(vault, row.sealed, contextOf(kind, scope.accountId, row))
  if (text === null) return []
  const isTheirsAlone = isTheirs(person, row)
  const isNamed = naming.byEmail.test(text) || (!row.of_one && naming.byPhone?.test(text) === true)
  if (!isTheirsAlone && !isOfTheirPlace(person, kind, row) && !isNamed) return []
  const { id, resource_prefix: prefix, resource_id: uuid, provider, state, kept_until: keptUntil } = row
  const resource = prefix && uuid ? { prefix, uuid } : null
  return [{ kind, id, resource, provider, state, keptUntil, isTheirsAlone, data: JSON.parse(text) }]
}

/** Everything sealed that names a person: the account's pending inputs, payloads and answers are opened and read. */
export async function sealedCopiesOf(sql: Sql, vault: Vault, search: Search): Promise<OpenedCopy[]> {
  const found: OpenedCopy[] = []
  for (const kind of sealedKinds)
    for await (const rows of sealedRows(sql, search.scope, kind, search.person))
      found.push(...rows.flatMap(row => toCopy(vault, kind, row, search)))
  return found
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
