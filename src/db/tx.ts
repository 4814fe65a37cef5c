/**
 * Anything that takes one SQL statement: the pool, or a transaction. Instants go in and out as `Date`, dates come out
 * as `YYYY-MM-DD`, bigint as a number. An array as value is a Postgres array: JSON goes in as `JSON.stringify`.
 */
export interface Sql {
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number }>
}

/**
 * One open transaction. A function that takes a `Tx` writes inside its caller's commit and opens none of its own;
 * no HTTP call is made while one is open. Statements run one after the other, in the order in which they are sent; those
 * that need nothing of each other's answers are sent together (`Promise.all`) and so cost one round trip. Once one has
 * failed, Postgres refuses those behind it.
 */
export interface Tx extends Sql {
  readonly inTransaction: true
  /**
   * Sends a statement whose answer nobody needs, and which therefore costs no round trip: whatever is sent next follows it
   * on the same connection, the commit too. Should it fail, so does the transaction, with its error or what `explain`
   * makes of that. Throws TypeError for a value that might not go on the wire.
   */
  write(text: string, values?: readonly unknown[], explain?: (err: unknown) => unknown): void
}
