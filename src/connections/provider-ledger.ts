import { z } from 'zod'
import type { Database } from '#db/client'
import type { Sql, Tx } from '#db/tx'
import type { Ledger } from '#providers/ledger'
import { newUuid } from '#values/ids'

/** How a state is written into its row. */
export interface Codec<S> {
  write(state: S, fingerprint: string): unknown
  /** Null when it cannot be read any more, as by another version or without its key: then it begins anew. */
  read(stored: unknown, fingerprint: string): S | null
}

export interface ProviderLedgerDeps<S> {
  readonly database: Pick<Database, 'transaction'>
  readonly kind: 'window' | 'circuit' | 'token'
  readonly codec: Codec<S>
  /** Called within the commit of every change. */
  readonly onChange?: (tx: Tx, fingerprint: string, before: S | null, after: S) => Promise<void>
}

export function jsonCodec<S>(schema: z.ZodType<S>): Codec<S> {
  return { write: state => state, read: stored => schema.safeParse(stored).data ?? null }
}

const Row = z.object({ state: z.unknown() })
const ClockRow = z.object({ now: z.number() })

const LOCK = 'SELECT state FROM provider_ledgers WHERE fingerprint = $1 AND kind = $2 FOR UPDATE'
/** Read after the lock is held, and on the server: the clocks of the processes do not matter. */
const CLOCK = 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now'
const BEGIN_ROW = `
  INSERT INTO provider_ledgers (id, fingerprint, kind, state, updated_at)
  VALUES ($1, $2, $3, 'null', clock_timestamp()) ON CONFLICT (fingerprint, kind) DO NOTHING`
const WRITE = `
  UPDATE provider_ledgers SET state = $3, updated_at = clock_timestamp() WHERE fingerprint = $1 AND kind = $2`

/** The stored state with its row locked, and the time. */
async function lock(tx: Tx, fingerprint: string, kind: string): Promise<{ stored: unknown; now: number }> {
  const look = () => Promise.all([tx.query(LOCK, [fingerprint, kind]), tx.query(CLOCK)] as const)
  let [locked, clock] = await look()
  if (locked.rows.length === 0) {
    tx.write(BEGIN_ROW, [newUuid(), fingerprint, kind])
    ;[locked, clock] = await look()
  }
  return { stored: Row.parse(locked.rows[0]).state, now: ClockRow.parse(clock.rows[0]).now }
}

/** A ledger in Postgres, for all processes of the service, on the database's clock. */
export function createProviderLedger<S>(deps: ProviderLedgerDeps<S>): Ledger<S> {
  const { database, kind, codec, onChange } = deps
  return {
    change: (fingerprint, change) =>
      database.transaction(async tx => {
        const { stored, now } = await lock(tx, fingerprint, kind)
        const before = stored === null ? null : codec.read(stored, fingerprint)
        const { next, result } = change(before, now)
        if (next === null || next === before) return result
        tx.write(WRITE, [fingerprint, kind, JSON.stringify(codec.write(next, fingerprint))])
        await onChange?.(tx, fingerprint, before, next)
        return result
      }),
  }
}

/** Longer than a token, a circuit's pause or a window lasts. */
const IDLE_MS = 86_400_000
const DELETE_IDLE = `
  DELETE FROM provider_ledgers
  WHERE id IN (SELECT id FROM provider_ledgers WHERE updated_at < $1 LIMIT $2) AND updated_at < $1`

/** Deletes at most `limit` rows of credentials that nobody has used for a day; returns how many. */
export async function deleteIdleLedgers(sql: Sql, now: Date, limit: number): Promise<number> {
  return (await sql.query(DELETE_IDLE, [new Date(now.getTime() - IDLE_MS), limit])).rowCount
}
