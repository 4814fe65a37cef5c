import type { Logger } from 'pino'
import { deleteIdleLedgers } from '#connections/provider-ledger'
import type { Sql } from '#db/tx'
import { type Rounds, startRounds } from '#jobs/rounds'
import { deleteExpiredRecords } from '#http/idempotency/store'
import { wipeInputs } from '#journal/store'
import { deleteExpiredCalls } from '#resources/provider-calls/store'
import { deleteOldDrifts } from '#resources/providers/drift/store'
import { deleteExpiredAddresses } from '#resources/addresses/store'
import { deleteExpiredEvents } from '#resources/events/store'
import { deleteExpiredDeliveries } from '#resources/webhooks/deliveries/store'
import { deleteExpiredWebhooks } from '#resources/webhooks/store'

const EVERY_MS = 15 * 60_000
/** Small enough that a chunk holds its locks for milliseconds. */
const CHUNK = 1_000
const MAX_CHUNKS = 200

type DeleteChunk = (sql: Sql, now: Date, limit: number) => Promise<number>

const RETENTION: Readonly<Record<string, DeleteChunk>> = {
  provider_calls: deleteExpiredCalls,
  known_addresses: deleteExpiredAddresses,
  idempotency_records: deleteExpiredRecords,
  operation_inputs: wipeInputs,
  provider_ledgers: deleteIdleLedgers,
  contract_drifts: deleteOldDrifts,
  deliveries: deleteExpiredDeliveries,
  events: deleteExpiredEvents,
  webhooks: deleteExpiredWebhooks,
}

async function deleteAll(sql: Sql, now: Date, deleteChunk: DeleteChunk): Promise<number> {
  let total = 0
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    const deleted = await deleteChunk(sql, now, CHUNK)
    total += deleted
    if (deleted < CHUNK) break
  }
  return total
}

/** Deletes or wipes what is past its time, in chunks. Harmless in several processes at once. Returns rows deleted by table. */
export async function sweep(sql: Sql, now: Date): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [table, deleteChunk] of Object.entries(RETENTION))
    counts[table] = await deleteAll(sql, now, deleteChunk)
  return counts
}

/** Sweeps now and every quarter of an hour, until it is stopped. */
export function startSweeper(deps: { sql: Sql; now: () => Date; logger: Logger }): Rounds {
  const round = async () => {
    const deleted = await sweep(deps.sql, deps.now())
    if (Object.values(deleted).some(Boolean)) deps.logger.info({ deleted }, 'expired rows deleted')
  }
  const failure = 'expired rows could not be deleted'
  return startRounds(round, { everyMs: EVERY_MS, failure, logger: deps.logger })
}
