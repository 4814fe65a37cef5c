import { isOwnConnection } from '#connections/store'
import type { Resolution } from '#contract/operations'
import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import { invalid, ProblemError } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { madeBy } from '#journal/made-by'
import { entriesOf } from '#journal/store'
import { takenAmong } from '#mappings/taken'
import type { OperationName, RepeatableName } from '#providers/port/index'
import { supports } from '#providers/registry'
import type { Services } from '#services'

/**
 * An object of a provider is one object of ours: of any account, since a connection that is lent reaches those of all
 * who use it. Throws `validation_failed`, which does not say whose it is.
 */
export async function demandFree(sql: Sql, entry: Entry, providerId: string): Promise<void> {
  const kind = madeBy(entry.operation)
  if (kind === null) return
  const { connectionId, resource, subject } = entry
  const ours = subject ? [resource.uuid, subject.uuid] : [resource.uuid]
  const taken = await takenAmong(sql, { connectionId, kind, ids: [providerId], ours })
  if (taken.size === 0) return
  const message = `is the ${kind} of something else already`
  throw invalid({ pointer: '/provider_id', code: 'taken', message })
}

type Making = Extract<Exclude<OperationName, RepeatableName>, `${string}.create`>

/**
 * What can be read, or changed, at a provider by the id of what an operation has made. Null where nothing is, or where
 * only whoever has a connection of their own can have it made.
 */
const READ_BY_ID: Readonly<Partial<Record<OperationName, OperationName | null>>> = {
  'branches.create': null,
  'carts.create': null,
  'categories.create': null,
  'invites.create': 'invites.delete',
  'leads.create': 'leads.get',
  'media.create': null,
  'meter_readings.create': null,
  'networkGiftcards.create': null,
  'networkPartners.create': null,
  'options.create': null,
  'orders.create': 'orders.get',
  'partners.create': null,
  'paymentRequests.create': null,
  'payments.create': null,
  'postal_bills.create': null,
  'properties.create': 'properties.get',
  'prototypes.create': null,
  'tenants.create': 'mandates.get',
  'voids.create': 'tenancies.get',
} satisfies Record<Making, OperationName | null>

/**
 * A connection that is lent reaches everything of its owner, and ids can be guessed: what is not shown to be made by the
 * operation is not taken on a borrower's word. Throws `validation_failed`, and ProviderError when nobody can look.
 */
async function demandShown(
  { database, reconciler }: Pick<Services, 'database' | 'reconciler'>,
  call: Call,
  entry: Entry,
  providerId: string,
): Promise<void> {
  const read = READ_BY_ID[entry.operation]
  if (!read || !supports(entry.provider, read)) return
  if (await isOwnConnection(database.sql, call.caller, entry.connectionId)) return
  if (await reconciler.shows(entry, providerId, call)) return
  const message = 'is not shown there as what this operation has made; leave it out where it is not known'
  throw invalid({ pointer: '/provider_id', code: 'not_shown', message })
}

/** What is still to be done below an order needs the provider's id of it. */
async function demandKnown(services: Services, entry: Entry): Promise<void> {
  if (entry.operation !== 'orders.create') return
  const entries = await entriesOf(services.database.sql, entry.accountId, entry.resource)
  if (entries.every(({ state }) => state !== 'planned')) return
  const message = 'is required: the next steps of the order are done below it'
  throw invalid({ pointer: '/provider_id', code: 'required', message })
}

const wiped = () =>
  new ProblemError(
    'state_conflict',
    'What was to be sent is not kept any more, so it cannot be sent again. Resolve it without send_again and ask anew.',
  )

/**
 * Throws `state_conflict` unless the operation's outcome is unknown and what the person wants can be done, and
 * `validation_failed` for a provider's id that is needed or cannot be right. Throws ProviderError where that has to be
 * looked up and cannot.
 */
export async function checkResolution(
  services: Services,
  call: Call,
  entry: Entry,
  { outcome, send_again, provider_id }: Resolution,
): Promise<void> {
  if (entry.state !== 'unknown')
    throw new ProblemError(
      'state_conflict',
      `The operation is ${entry.state}: only one whose outcome is unknown can be resolved.`,
    )
  if (send_again && entry.input === null) throw wiped()
  if (outcome === 'did_not_happen') return
  if (!provider_id) return demandKnown(services, entry)
  await demandFree(services.database.sql, entry, provider_id)
  await demandShown(services, call, entry, provider_id)
}
