import type { ProviderId } from '#contract/vocabulary'
import type { OperationState } from '#contract/operations'
import { newestFirst, newestOfResource, onTheWay, type Scan } from '#db/newest-first'
import type { Sql } from '#db/tx'
import type { Caller } from '#http/caller'
import type { PageRequest } from '#http/list'
import { type Entry, entryColumns, entryFromRow } from '#journal/entry'
import { LAST_UUID } from '#values/ids'

type Scope = Pick<Caller, 'accountId' | 'mode'>

const FIND = `SELECT ${entryColumns} FROM operations WHERE id = $1 AND account_id = $2 AND mode = $3`

/** Null when the account has no such operation in this mode. */
export async function findEntry(sql: Sql, { accountId, mode }: Scope, uuid: string): Promise<Entry | null> {
  const { rows } = await sql.query(FIND, [uuid, accountId, mode])
  return rows.length === 0 ? null : entryFromRow(rows[0])
}

export interface OperationFilter {
  readonly state: OperationState | null
  readonly provider: ProviderId | null
  readonly operation: string | null
  readonly resourceUuid: string | null
}

/** Rows of one state as it is kept, where it matters those whose lease is over (`<`) or is not (`>=`). */
interface Kept {
  readonly state: OperationState | null
  readonly lease?: '<' | '>='
}

/** What is read for a state as it is shown: being sent by somebody who has gone silent is unknown. */
function keptAs(shown: OperationState | null): readonly Kept[] {
  if (shown === 'unknown') return [{ state: 'unknown' }, { state: 'sending', lease: '<' }]
  return [shown === 'sending' ? { state: shown, lease: '>=' } : { state: shown }]
}

/**
 * The filters whose index is read; rows are looked at for the others. Nearly all operations have succeeded: every other
 * state lets the fewest rows through, that one the most.
 */
function indexed({ state, provider, operation }: Omit<OperationFilter, 'resourceUuid'>) {
  const ofState = state === null ? [] : [['state', state] as const]
  if (state !== null && state !== 'succeeded') return ofState
  const ofProvider = provider === null ? [] : [['provider', provider] as const]
  const ofOperation = operation === null ? [] : [['operation', operation] as const]
  const others = [...ofProvider, ...ofOperation]
  return others.length > 0 ? others : ofState
}

type ScanOf = (after: string, parameter: (value: unknown) => string) => Scan

/** What is done for a resource: its own operations, and those that leave nothing with us (index `operations_for`). */
function scansFor(scope: Scope, uuid: string): ScanOf[] {
  return [
    (after, parameter) => newestOfResource(scope, uuid, after, parameter),
    (after, parameter) => {
      const ours = `account_id = ${parameter(scope.accountId)} AND mode = ${parameter(scope.mode)}`
      const forIt = `subject_id = ${parameter(uuid)} AND resource_prefix = 'operation'`
      return { where: `${ours} AND ${forIt} AND id < ${parameter(after)}`, orderBy: 'id DESC' }
    },
  ]
}

/** A page of operations, newest first, one row more than asked for. */
export async function listEntries(
  sql: Sql,
  scope: Scope,
  { filter, page, now }: { filter: OperationFilter; page: PageRequest; now: Date },
): Promise<Entry[]> {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const limit = parameter(page.limit + 1)
  const after = page.after ?? LAST_UUID

  function read({ state, lease }: Kept, scanOf: ScanOf | null): string {
    const { provider, operation } = filter
    const wanted = { state, provider, operation }
    const along = scanOf ? [] : indexed(wanted)
    const { where, orderBy } = scanOf ? scanOf(after, parameter) : newestFirst(scope, along, after, parameter)
    const others = Object.entries(wanted)
      .filter(([column, value]) => value !== null && !along.some(([name]) => name === column))
      .map(([column, value]) => `${column} = ${parameter(value)}`)
    if (lease) others.push(`lease_until ${lease} ${parameter(now)}`)
    return `SELECT ${entryColumns} FROM operations WHERE ${where} AND ${onTheWay(others)} ORDER BY ${orderBy} LIMIT ${limit}`
  }

  const scans = filter.resourceUuid === null ? [null] : scansFor(scope, filter.resourceUuid)
  const parts = keptAs(filter.state).flatMap(kept => scans.map(scanOf => `(${read(kept, scanOf)})`))
  const { rows } = await sql.query(
    `SELECT ${entryColumns} FROM (${parts.join(' UNION ALL ')}) AS found ORDER BY id DESC LIMIT ${limit}`,
    values,
  )
  return rows.map(entryFromRow)
}
