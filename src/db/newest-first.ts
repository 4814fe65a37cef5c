/** Part of a statement that reads one account's rows from an index, newest first. */
export interface BackwardScan {
  readonly where: string
  readonly orderBy: string
}

/**
 * Rows older than `after`, read backwards along an index on `(account_id, mode, …columns, id)`. `parameter` takes a value
 * and gives its place in the statement. Compared as row values there is one way only to read them: with `id < …` beside
 * equalities the planner likes to walk the primary key instead, past every row of everybody else's, once it plans
 * without knowing the values (measured on a million rows: 1,004,555 buffers where this reads 7).
 */
export function newestFirst(
  { accountId, mode }: { readonly accountId: string; readonly mode: string },
  columns: readonly (readonly [name: string, value: string])[],
  after: string,
  parameter: (value: unknown) => string,
): BackwardScan {
  const along = ['account_id', 'mode', ...columns.map(([name]) => name)]
  const values = [accountId, mode, ...columns.map(([, value]) => value)].map(parameter)
  const older = `(${[...along, 'id'].join(', ')}) < (${[...values, parameter(after)].join(', ')})`
  const ours = `(${along.join(', ')}) >= (${values.join(', ')})`
  return { where: `${older} AND ${ours}`, orderBy: [...along, 'id'].map(name => `${name} DESC`).join(', ') }
}
