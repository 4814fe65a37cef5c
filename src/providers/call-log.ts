import type { CallRecord } from '#providers/call-context'
import { createWriteBehind, type WriteBehind, type WriteBehindDeps } from '#providers/write-behind'

/** Keeps what was said to the providers. */
export type CallLog = WriteBehind<CallRecord>

export function createCallLog(deps: Omit<WriteBehindDeps<CallRecord>, 'what'>): CallLog {
  return createWriteBehind({ ...deps, what: 'provider calls' })
}
