import type { Journaled } from '#journal/journaled'

/** What is done to an account at a provider is done for the connection to it; nothing of it is kept here. */
export const connectionJournaled: Journaled = {
  table: 'connections',
  complete: (_sql, _entry, input) => Promise.resolve(input),
  idsOf: () => [],
  settled: () => Promise.resolve(),
}
