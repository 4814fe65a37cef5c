import { z } from 'zod'
import { Mode, ProviderId } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import { appendEvent } from '#events/append-event'
import type { CircuitRecord } from '#providers/circuit-state'
import { idFromUuid } from '#values/ids'

const Row = z.object({ id: z.string(), account_id: z.string(), mode: Mode, provider: ProviderId })

const FIND = `
  SELECT id, account_id, mode, provider FROM connections WHERE fingerprint = $1 AND deleted_at IS NULL
  ORDER BY id FOR NO KEY UPDATE`

/**
 * Tells the owners of the connections with these credentials, in the commit that makes it so and hence once however
 * many processes there are, that the provider is not called any more or is called again. A pause that is prolonged
 * after a bad probe is no change.
 */
export async function appendCircuitEvents(
  tx: Tx,
  fingerprint: string,
  { before, after }: { before: CircuitRecord | null; after: CircuitRecord },
  at: Date,
): Promise<void> {
  const isClosed = after.state === 'closed'
  if (isClosed === ((before?.state ?? 'closed') === 'closed')) return
  const { rows } = await tx.query(FIND, [fingerprint])
  for (const row of rows) {
    const { id, account_id: accountId, mode, provider } = Row.parse(row)
    appendEvent(tx, {
      accountId,
      mode,
      type: isClosed ? 'provider.circuit_closed' : 'provider.circuit_opened',
      resource: { prefix: 'connection', uuid: id },
      data: { provider, connection: idFromUuid('connection', id) },
      at,
    })
  }
}
