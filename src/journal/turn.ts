import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isUniqueViolation } from '#db/postgres-errors'
import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { type Entry, entryColumns, entryFromRow, stateAt } from '#journal/entry'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

/** What at a provider money is moved of, of this kind in the contract's words: one operation at a time is sent for it. */
export interface Target {
  readonly kind: string
  readonly id: string
}

/** A turn among the operations on one target; the journal gives it to one of them. */
export interface Turn {
  /** A digest: a gift card's code is as good as its money. */
  readonly target: Buffer
  readonly number: number
}

const LAST = `
  SELECT ${entryColumns}, turn FROM operations WHERE account_id = $1 AND mode = $2 AND target = $3
  ORDER BY turn DESC LIMIT 1`

const Numbered = z.object({ turn: z.int() })

async function lastOn(sql: Sql, { caller: { accountId, mode } }: Call, target: Buffer) {
  const { rows } = await sql.query(LAST, [accountId, mode, target])
  return rows.length === 0 ? null : { entry: entryFromRow(rows[0]), number: Numbered.parse(rows[0]).turn }
}

/** Providers may take capital letters for small ones. */
function digestOf({ kind, id }: Target): Buffer {
  return createHash('sha256').update(`${kind} ${id.toLowerCase()}`).digest()
}

const SOON = { 'retry-after': '1' }

/** Null when it is settled: then it stays so. */
function conflictWith(entry: Entry, { kind }: Target, now: Date): ProblemError | null {
  const resource = idFromUuid('operation', entry.id)
  const members = { resource }
  switch (stateAt(entry, now)) {
    case 'unknown': {
      const detail = `It is not known whether ${resource} (${entry.operation}) has been done to this ${kind.replaceAll('_', ' ')}. Nothing more is sent for it until that is settled.`
      return new ProblemError('state_conflict', detail, { members })
    }
    case 'planned':
    case 'sending':
      return new ProblemError('state_conflict', `${resource} is under way.`, { members, headers: SOON })
    default:
      return null
  }
}

/**
 * The turn after the last operation on a target. Taken before anything is read at the provider, it is refused later
 * (see `turnTaken`) if another operation has moved on what was read. Throws `state_conflict`, naming the operation,
 * unless the last one is settled: the money could be moved twice.
 */
export async function nextTurn(
  { database, now }: Pick<Services, 'database' | 'now'>,
  call: Call,
  target: Target,
): Promise<Turn> {
  const digest = digestOf(target)
  const last = await lastOn(database.sql, call, digest)
  const conflict = last && conflictWith(last.entry, target, now())
  if (conflict) throw conflict
  return { target: digest, number: (last?.number ?? 0) + 1 }
}

/** What a failure to write an operation down means to its caller: `state_conflict` where another one was quicker. */
export function turnTaken(err: unknown): unknown {
  if (!isUniqueViolation(err)) return err
  return new ProblemError('state_conflict', 'Another operation was quicker.', { headers: SOON, cause: err })
}
