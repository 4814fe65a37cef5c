import type { Journaled } from '#journal/journaled'
import { lockConnection } from '#resources/providers/account/store'

/** What is done to an account at a provider is done for the connection to it; nothing of it is kept here. */
export const connectionJournaled: Journaled = {
  lock: (tx, entry) => lockConnection(tx, entry, entry.resource.uuid),
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: () => [],
  settled: () => Promise.resolve(),
}
