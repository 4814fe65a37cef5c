import type { Call } from '#http/caller'
import type { Holder } from '#journal/entry'
import { entriesOf } from '#journal/store'
import type { Services } from '#services'

/**
 * Looks at the providers now for what became of those operations of a resource whose outcome nobody knows, and writes
 * down what is proven. What cannot be read, or somebody looks for just now, is left as it is. Throws no ProviderError.
 */
export async function lookForUnknown(
  { database, reconciler }: Pick<Services, 'database' | 'reconciler'>,
  call: Call,
  resource: Pick<Holder, 'uuid'>,
): Promise<void> {
  const started = performance.now()
  const { accountId, mode } = call.caller
  const entries = await entriesOf(database.sql, accountId, resource)
  const ours = entries.filter(entry => entry.mode === mode)
  await reconciler.lookAt(ours, call)
  if (ours.some(({ state }) => state === 'unknown')) call.spentUpstream(performance.now() - started)
}
