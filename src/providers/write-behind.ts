import type { Logger } from 'pino'
import type { Clock } from '#providers/clock'
import { systemClock } from '#providers/clock'

/** Keeps records without making anyone wait for it. */
export interface WriteBehind<T> {
  /** Takes a record in; never throws and never waits. */
  record(record: T): void
  /** Writes what is there. Resolves when it is written, or when writing did not work. */
  flush(): Promise<void>
  /** Writes what is there, once, and takes nothing more. */
  close(): Promise<void>
}

export interface WriteBehindDeps<T> {
  /** Writes a batch in one go or throws. */
  readonly write: (batch: readonly T[]) => Promise<void>
  readonly logger: Logger
  /** What the log calls the records, such as `provider calls`. */
  readonly what: string
  /** Told how many records were lost, the store being away or refusing them. */
  readonly onDrop?: (count: number) => void
  readonly clock?: Clock
}

const MOST_KEPT = 5_000
const LARGEST_BATCH = 200
const WRITE_EVERY_MS = 250
const LONGEST_PAUSE_MS = 10_000
/** After so many failures in a row a record that is alone in its batch is given up: perhaps it is the one refused. */
const MOST_FAILURES = 10

/**
 * Writes in batches. While the store is away it keeps the newest records up to a bound and tries ever more rarely; a
 * batch that fails is halved, so that one record that the store refuses is found and dropped.
 */
export function createWriteBehind<T>(deps: WriteBehindDeps<T>): WriteBehind<T> {
  const { write, logger, what, onDrop, clock = systemClock } = deps
  let kept: T[] = []
  let batchSize = LARGEST_BATCH
  let failures = 0
  let closed = false
  let stopTimer: (() => void) | null = null
  let writing: Promise<void> | null = null

  function dropOldest(count: number): void {
    if (count <= 0) return
    kept = kept.slice(count)
    logger.warn({ count }, `${what} are not kept`)
    onDrop?.(count)
  }

  async function writeBatch(): Promise<boolean> {
    const batch = kept.slice(0, batchSize)
    kept = kept.slice(batch.length)
    try {
      await write(batch)
      failures = 0
      batchSize = Math.min(LARGEST_BATCH, batchSize * 2)
      return true
    } catch (err) {
      failures += 1
      logger.error({ err, failures }, `${what} could not be written`)
      kept = [...batch, ...kept]
      batchSize = Math.max(1, Math.floor(batch.length / 2))
      dropOldest(batch.length === 1 && failures >= MOST_FAILURES ? 1 : kept.length - MOST_KEPT)
      return false
    }
  }

  async function drain(): Promise<void> {
    while (kept.length > 0) {
      if (!(await writeBatch())) return
    }
  }

  function start(): Promise<void> {
    stopTimer?.()
    stopTimer = null
    writing ??= drain().finally(() => {
      writing = null
      schedule()
    })
    return writing
  }

  function schedule(): void {
    const justFull = failures === 0 && kept.length === LARGEST_BATCH
    if (writing || closed || kept.length === 0 || (stopTimer && !justFull)) return
    stopTimer?.()
    const pause = Math.min(WRITE_EVERY_MS * 2 ** failures, LONGEST_PAUSE_MS)
    stopTimer = clock.after(justFull ? 0 : pause, () => void start())
  }

  return {
    record: record => {
      if (closed) return
      kept.push(record)
      dropOldest(kept.length - MOST_KEPT)
      schedule()
    },
    flush: start,
    close: async () => {
      closed = true
      await start()
      dropOldest(kept.length)
    },
  }
}
