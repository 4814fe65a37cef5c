import { z } from 'zod'
import type { Disclosure } from '#contract/people'
import type { Product } from '#contract/quotes'
import type { Sql } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'
import { openInput } from '#journal/access'
import { type Entry, entryColumns, entryFromRow, servedBy, stateAt } from '#journal/entry'
import { personalFieldNames } from '#providers/port/disclosure'
import { sealedProviders } from '#providers/registry'
import type { HeldPerson } from '#resources/people/find-person'
import { productsOf } from '#resources/people/store'
import { idFromUuid } from '#values/ids'

/** An operation that names somebody, and when it was last sent. */
export interface Told {
  readonly entry: Entry
  readonly sentAt: Date | null
}

// What leaves nothing with us stands for itself, with the order as its subject.
const ENTRIES = `
  SELECT ${entryColumns}, sent_at FROM operations
  WHERE account_id = $1 AND mode = $2 AND (resource_id = ANY($3::uuid[])
    OR (resource_prefix = 'operation' AND subject_id = ANY($4::uuid[]))) ORDER BY id DESC`
const SentAt = z.object({ sent_at: z.date().nullable() })

/** Whether an operation on a whole order or lead tells its provider of one of these people. */
function namesThem(entry: Entry, { tenants }: HeldPerson, products: ReadonlyMap<string, Product>): boolean {
  const declared = sealedProviders[entry.provider].discloses[entry.operation]
  const { uuid } = servedBy(entry)
  const product = products.get(uuid)
  if (!declared || (declared.products && (!product || !declared.products.includes(product)))) return false
  return tenants.some(
    ({ orderUuid, leadUuid, position, createdAt }) =>
      (orderUuid === uuid || leadUuid === uuid) &&
      createdAt <= entry.createdAt &&
      (position === 0 || !declared.firstOnly),
  )
}

function isAbout(entry: Entry, person: HeldPerson, products: ReadonlyMap<string, Product>): boolean {
  const { resource, subject } = entry
  if (person.people.includes(resource.uuid)) return true
  if (subject?.prefix === 'tenant' || subject?.prefix === 'invite')
    return person.people.includes(subject.uuid)
  return namesThem(entry, person, products)
}

/** Every operation that is about a person, newest first. */
export async function operationsAbout(
  sql: Sql,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  person: HeldPerson,
): Promise<Told[]> {
  const { people, orders, leads } = person
  const values = [scope.accountId, scope.mode, [...people, ...orders, ...leads], orders]
  const { rows } = await sql.query(ENTRIES, values)
  const products = await productsOf(sql, scope, orders)
  return rows
    .map(row => ({ entry: entryFromRow(row), sentAt: SentAt.parse(row).sent_at }))
    .filter(({ entry }) => isAbout(entry, person, products))
}

function isGiven(name: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(item => isGiven(name, item))
  return Object.entries(value).some(
    ([key, inner]) => (key === name && inner !== null) || isGiven(name, inner),
  )
}

/** Null where it was never sent, or where its provider is told nothing of anybody. */
export function toDisclosure({ entry, sentAt }: Told, vault: Vault, now: Date): Disclosure | null {
  const declared = sealedProviders[entry.provider].discloses[entry.operation]
  if (!declared || sentAt === null || entry.state === 'not_sent') return null
  const input = openInput(vault, entry)
  const served = servedBy(entry)
  const fields = personalFieldNames.filter(name => declared.fields.includes(name))
  return {
    operation_id: idFromUuid('operation', entry.id),
    operation: entry.operation,
    provider: entry.provider,
    resource: idFromUuid(served.prefix, served.uuid),
    state: stateAt(entry, now),
    sent_at: sentAt.toISOString(),
    fields: input === null ? fields : fields.filter(name => isGiven(name, input)),
    fields_from: input === null ? 'operation' : 'input',
    provider_ids: [...entry.providerIds],
  }
}
