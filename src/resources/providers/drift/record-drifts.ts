import type { Logger } from 'pino'
import type { Database } from '#db/client'
import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import type { Drift } from '#providers/drift/watch'
import { holdOwner, upsertDrift } from '#resources/providers/drift/store'

function tellOf(tx: Tx, accountId: string, drift: Drift): void {
  const { mode, provider, operation, endpoint, path, kind, expected, found, connectionId, seenAt } = drift
  appendEvent(tx, {
    accountId,
    mode,
    type: 'provider.contract_drift',
    resource: { prefix: 'connection', uuid: connectionId },
    data: { provider, operation, endpoint, path, kind, expected, found },
    at: seenAt,
  })
}

/** What was seen through one connection. Returns what was not known before. */
async function recordThrough(tx: Tx, connectionId: string, drifts: readonly Drift[]): Promise<Drift[]> {
  const accountId = await holdOwner(tx, connectionId)
  if (accountId === null) return []
  const fresh: Drift[] = []
  for (const drift of drifts) {
    if (!(await upsertDrift(tx, accountId, drift))) continue
    tellOf(tx, accountId, drift)
    fresh.push(drift)
  }
  return fresh
}

/**
 * Counts what was seen, all in one commit, and tells of what was not known before: the account that owns the connection,
 * since the agreement with the provider is its own, and names of fields that it made up may come back in an answer.
 */
export async function recordDrifts(
  { database, logger }: { database: Pick<Database, 'transaction'>; logger: Logger },
  batch: readonly Drift[],
): Promise<void> {
  const byConnection = Map.groupBy(batch, ({ connectionId }) => connectionId)
  // Always in the same order, so that two processes never wait for each other.
  const connectionIds = [...byConnection.keys()].toSorted()
  const fresh = await database.transaction(async tx => {
    const found: Drift[] = []
    for (const id of connectionIds) found.push(...(await recordThrough(tx, id, byConnection.get(id) ?? [])))
    return found
  })
  for (const { provider, operation, endpoint, path, kind, expected, found } of fresh)
    logger.warn({ provider, operation, endpoint, path, kind, expected, found }, 'provider contract drift')
}
