import { z } from 'zod'
import { Mode, ProviderId } from '#contract/vocabulary'
import { type OperationState, operationStates, reconcileModes } from '#contract/operations'
import { ProviderFailure } from '#contract/problems'
import type { OperationName } from '#providers/port/index'
import { isOperationName } from '#providers/port/seal'
import { type IdPrefix, idPrefixes } from '#values/ids'

/** A resource of ours, as the journal names it. */
export interface Holder {
  readonly prefix: IdPrefix
  readonly uuid: string
}

/** What a person said became of an operation, and whether they had it sent again. */
export const StoredResolution = z.object({
  outcome: z.enum(['happened', 'did_not_happen']),
  send_again: z.boolean(),
  at: z.string(),
  key_id: z.string(),
})

const Row = z.object({
  id: z.string(),
  account_id: z.string(),
  mode: Mode,
  connection_id: z.string(),
  provider: ProviderId,
  operation: z.string(),
  resource_prefix: z.enum(idPrefixes),
  resource_id: z.string(),
  subject_prefix: z.enum(idPrefixes).nullable(),
  subject_id: z.string().nullable(),
  seq: z.int(),
  state: z.enum(operationStates),
  reconcile: z.enum(reconcileModes),
  input: z.instanceof(Uint8Array).nullable(),
  reference: z.string().nullable(),
  provider_ids: z.array(z.string()),
  error: ProviderFailure.nullable(),
  hint: z.string().nullable(),
  resolution: StoredResolution.nullable(),
  attempts: z.int(),
  fence: z.coerce.bigint(),
  lease_until: z.date().nullable(),
  unknown_at: z.date().nullable(),
  absent_at: z.date().nullable(),
  created_at: z.date(),
  settled_at: z.date().nullable(),
})

export const entryColumns = Object.keys(Row.shape).join(', ')

/** One unsafe operation as the journal keeps it. */
export interface Entry {
  readonly id: string
  readonly accountId: string
  readonly mode: Mode
  readonly connectionId: string
  readonly provider: ProviderId
  readonly operation: OperationName
  readonly resource: Holder
  readonly subject: Holder | null
  readonly seq: number
  readonly state: z.output<typeof Row>['state']
  readonly reconcile: z.output<typeof Row>['reconcile']
  /** Sealed; null once it is wiped. */
  readonly input: Uint8Array | null
  readonly reference: string | null
  readonly providerIds: readonly string[]
  readonly error: ProviderFailure | null
  readonly hint: string | null
  readonly resolution: z.output<typeof StoredResolution> | null
  readonly attempts: number
  /** Counts up whenever somebody takes the operation over; a write under an older one is refused. */
  readonly fence: bigint
  readonly leaseUntil: Date | null
  /** When its outcome was last left open, known by now or not. */
  readonly unknownAt: Date | null
  /** When a look that counts first found nothing at the provider. */
  readonly absentAt: Date | null
  readonly createdAt: Date
  readonly settledAt: Date | null
}

export function entryFromRow(row: unknown): Entry {
  const read = Row.parse(row)
  if (!isOperationName(read.operation))
    throw new TypeError(`the journal holds an unknown operation ${read.operation}`)
  const subject =
    read.subject_prefix && read.subject_id ? { prefix: read.subject_prefix, uuid: read.subject_id } : null
  return {
    id: read.id,
    accountId: read.account_id,
    mode: read.mode,
    connectionId: read.connection_id,
    provider: read.provider,
    operation: read.operation,
    resource: { prefix: read.resource_prefix, uuid: read.resource_id },
    subject,
    seq: read.seq,
    state: read.state,
    reconcile: read.reconcile,
    input: read.input,
    reference: read.reference,
    providerIds: read.provider_ids,
    error: read.error,
    hint: read.hint,
    resolution: read.resolution,
    attempts: read.attempts,
    fence: read.fence,
    leaseUntil: read.lease_until,
    unknownAt: read.unknown_at,
    absentAt: read.absent_at,
    createdAt: read.created_at,
    settledAt: read.settled_at,
  }
}

/** What of ours an operation is for. One that leaves nothing with us stands for itself, and has its subject for that. */
export function servedBy({ resource, subject }: Pick<Entry, 'resource' | 'subject'>): Holder {
  return resource.prefix === 'operation' ? (subject ?? resource) : resource
}

/** The state as it is to be read: whoever was sending it and let the lease run out has left an unknown outcome. */
export function stateAt(entry: Pick<Entry, 'state' | 'leaseUntil'>, now: Date): OperationState {
  const silent = entry.state === 'sending' && entry.leaseUntil !== null && entry.leaseUntil < now
  return silent ? 'unknown' : entry.state
}

/** Whether the provider has done it, as far as anybody can say. */
export function hasHappened({ state, resolution }: Pick<Entry, 'state' | 'resolution'>): boolean {
  return state === 'succeeded' || (state === 'settled_by_person' && resolution?.outcome === 'happened')
}
