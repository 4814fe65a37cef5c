import type { OperationName } from '#providers/port/index'

/** What looks for something of ours among everything there is, and is called so. */
type Searching = Extract<OperationName, `${string}.${'find' | 'scan'}`>

const SEARCHING = {
  'leads.scan': true,
  'orders.find': true,
  'orders.scan': true,
} as const satisfies Record<Searching, true>

/**
 * Whether an operation reads through what others have made there too. A connection may be lent, and the call log is the
 * borrower's: the answers to such calls are neither kept nor shown, whosever connection it is.
 */
export function readsAmongOthers(operation: string): boolean {
  return Object.hasOwn(SEARCHING, operation)
}
