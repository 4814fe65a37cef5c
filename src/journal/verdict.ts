import type { Logger } from 'pino'
import type { Database } from '#db/client'
import type { Tx } from '#db/tx'
import type { Entry } from '#journal/entry'
import type { Journal } from '#journal/journal'
import { LeaseLost } from '#journal/lease-lost'
import { nextLookAt, weighAbsence } from '#journal/look-schedule'
import { release } from '#journal/look-store'
import type { Found, Sight } from '#journal/lookup'
import type { SentFor } from '#journal/sender'
import type { Settler } from '#journal/settler'
import { takenAmong } from '#mappings/taken'

/**
 * What came of one look. `unreadable`: the provider could not be asked, so it counts as none. `overtaken`: somebody else
 * has settled it meanwhile.
 */
export type LookOutcome = 'found' | 'absent' | 'nothing' | 'doubt' | 'unreadable' | 'overtaken'

/** An unknown operation that this process looks for, and the look that it belongs to. */
export interface Claimed {
  readonly entry: Entry
  readonly owner: string
}

/** A look that proved nothing. */
interface Unproven {
  /** Whether it told something at all. */
  readonly told: boolean
  readonly absentAt?: Date | null
  readonly hint?: string | null
  readonly askedToWaitMs?: number
}

export interface VerdictDeps {
  readonly database: Database
  readonly journal: Pick<Journal, 'advance' | 'next'>
  readonly settler: Settler
  readonly logger: Logger
  readonly now: () => Date
}

const GIVEN_UP =
  'It was looked for over days, and nothing was proven. Look at the provider, then say what happened.'

/** Somebody else turned out to have what was found. */
class Taken extends Error {
  override readonly name = 'Taken'
}

/** An object of a provider is one object of ours: somebody may have taken it while it was looked at. */
async function demandOurs(tx: Tx, entry: Entry, { kind, providerIds }: Found): Promise<void> {
  if (kind === undefined) return
  const { connectionId, resource, subject } = entry
  const ours = subject ? [resource.uuid, subject.uuid] : [resource.uuid]
  const taken = await takenAmong(tx, { connectionId, kind, ids: providerIds, ours })
  if (taken.size > 0) throw new Taken(`${kind} is taken`)
}

/** Writes down what looks have shown. */
export function createVerdicts({ database, journal, settler, logger, now }: VerdictDeps) {
  async function letGo({ entry, owner }: Claimed, unproven: Unproven): Promise<void> {
    const { told, absentAt = entry.absentAt, hint = null, askedToWaitMs } = unproven
    const next = nextLookAt(entry.unknownAt ?? entry.createdAt, now(), askedToWaitMs)
    const givenUp = next === null && entry.hint === null ? GIVEN_UP : null
    await release(database.sql, entry, owner, { nextLookAt: next, told, absentAt, hint: hint ?? givenUp })
  }

  /** What was waiting for it goes on; how that ends stands with the resource. */
  async function goOn(next: Entry, sentFor: SentFor): Promise<void> {
    try {
      await journal.advance(next, sentFor, async () => undefined)
    } catch (err) {
      if (err instanceof LeaseLost) return
      logger.warn({ operation_id: next.id, err }, 'what follows a found operation could not be carried on')
    }
  }

  async function settleFound(claimed: Claimed, found: Found, sentFor: SentFor): Promise<LookOutcome> {
    const { entry, owner } = claimed
    try {
      const done = await database.transaction(async tx => {
        const settled = await settler.found(tx, entry, owner, found)
        if (!settled) return null
        await demandOurs(tx, settled, found)
        return { next: await journal.next(tx, settled) }
      })
      if (done?.next) await goOn(done.next, sentFor)
      return done ? 'found' : 'overtaken'
    } catch (err) {
      if (!(err instanceof Taken)) throw err
      await letGo(claimed, { told: true })
      return 'doubt'
    }
  }

  async function settleNothing(claimed: Claimed, lookedAt: Date): Promise<LookOutcome> {
    const { entry, owner } = claimed
    const { absentAt } = entry
    const weight = weighAbsence({ unknownAt: entry.unknownAt ?? entry.createdAt, absentAt }, lookedAt)
    if (weight === 'proven') {
      const settled = await database.transaction(tx => settler.absent(tx, entry, owner))
      return settled ? 'absent' : 'overtaken'
    }
    await letGo(claimed, { told: true, absentAt: weight === 'first_time' ? lookedAt : absentAt })
    return 'nothing'
  }

  return {
    letGo,
    /** Writes down what a look that was begun at `lookedAt` has shown; what was waiting for something found goes on. */
    async give(
      claimed: Claimed,
      sight: Sight,
      { lookedAt, sentFor }: { lookedAt: Date; sentFor: SentFor },
    ): Promise<LookOutcome> {
      if (sight.seen === 'it') return settleFound(claimed, sight, sentFor)
      if (sight.seen === 'nothing') return settleNothing(claimed, lookedAt)
      // Something is there after all: that nothing was there before proves nothing any more.
      await letGo(claimed, { told: true, absentAt: null, hint: sight.hint })
      return 'doubt'
    },
  }
}
