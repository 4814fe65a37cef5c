/** Part of a statement that reads one account's rows from an index, newest first. */
export interface BackwardScan {
  readonly where: string
  readonly orderBy: string
}

interface Scope {
  readonly accountId: string
  readonly mode: string
}

/** Takes a value and gives its place in the statement. */
type Parameter = (value: unknown) => string

/**
 * Rows older than `after`, read backwards along an index on `(account_id, mode, …columns, id)`. Compared as row values
 * there is one way only to read them: with `id < …` beside equalities the planner likes to walk the primary key instead,
 * past every row of everybody else's, once it plans without knowing the values (measured on a million rows: 1,004,555
 * buffers where this reads 7).
 */
export function newestFirst(
  { accountId, mode }: Scope,
  columns: readonly (readonly [name: string, value: string])[],
  after: string,
  parameter: Parameter,
): BackwardScan {
  const along = ['account_id', 'mode', ...columns.map(([name]) => name)]
  const values = [accountId, mode, ...columns.map(([, value]) => value)].map(parameter)
  const older = `(${[...along, 'id'].join(', ')}) < (${[...values, parameter(after)].join(', ')})`
  const ours = `(${along.join(', ')}) >= (${values.join(', ')})`
  return { where: `${older} AND ${ours}`, orderBy: [...along, 'id'].map(name => `${name} DESC`).join(', ') }
}

/** The few rows of one resource that are older than `after`, from an index that begins with `(account_id, resource_id)`. */
export function newestOfResource(
  { accountId, mode }: Scope,
  resourceUuid: string,
  after: string,
  parameter: Parameter,
): BackwardScan {
  const ours = `account_id = ${parameter(accountId)} AND mode = ${parameter(mode)}`
  const where = `${ours} AND resource_id = ${parameter(resourceUuid)} AND id < ${parameter(after)}`
  return { where, orderBy: 'id DESC' }
}

/**
 * Further conditions on the rows of such a scan, looked at row by row on the way. Wrapped, since the planner gives the
 * scan up for reading the whole table once it takes them to let nearly nothing through.
 */
export function onTheWay(conditions: readonly string[]): string {
  return `coalesce(${['true', ...conditions].join(' AND ')}, false)`
}
