import type { OperationName } from '#providers/port/index'

const AMONG_OTHERS: ReadonlySet<string> = new Set<OperationName>(['leads.scan', 'orders.find', 'orders.scan'])

/**
 * Whether an operation reads through what others have made there too. A connection may be lent, and the call log is the
 * borrower's: the answers to such calls are neither kept nor shown, whosever connection it is.
 */
export function readsAmongOthers(operation: string): boolean {
  return AMONG_OTHERS.has(operation)
}
