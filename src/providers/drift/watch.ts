import type { Logger } from 'pino'
import type { ProviderId } from '#contract/vocabulary'
import type { Clock } from '#providers/clock'
import { systemClock } from '#providers/clock'
import type { Baseline } from '#providers/drift/baseline'
import { type Difference, differences } from '#providers/drift/compare'
import { createSampling, type SeenAnswer } from '#providers/drift/sampling'
import { createWriteBehind } from '#providers/write-behind'

/** A difference, and at which answer it was seen. */
export interface Drift extends Difference, Omit<SeenAnswer, 'body' | 'bytes'> {
  readonly seenAt: Date
}

/** Holds providers' answers against the committed baselines, beside the calls: nobody waits for it. */
export interface DriftWatch {
  /** Looks at an answer later, or not at all. Never throws and never waits. */
  see(answer: SeenAnswer): void
  /** Whether the answers of this operation are looked at. */
  covers(provider: ProviderId, operation: string): boolean
  /** Resolves when all that was seen so far is written, or could not be. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface DriftWatchDeps {
  readonly baselines: ReadonlyMap<ProviderId, Baseline>
  /** Writes a batch in one go or throws. */
  readonly write: (batch: readonly Drift[]) => Promise<void>
  /** Told of each difference of each answer that was looked at. */
  readonly onDrift?: (drift: Drift) => void
  readonly logger: Logger
  /** 0 up to but not including 1, as Math.random. */
  readonly random: () => number
  readonly clock?: Clock
}

const MOST_WAITING = 50
/** Of answers as they came over the wire; one that is larger is looked at when nothing else waits. */
const MOST_BYTES = 4 * 1024 * 1024

export function createDriftWatch(deps: DriftWatchDeps): DriftWatch {
  const { baselines, write, onDrift, logger, random, clock = systemClock } = deps
  const sampling = createSampling(random)
  const records = createWriteBehind<Drift>({ write, logger, clock, what: 'drifts of providers' })
  const waiting: SeenAnswer[] = []
  let bytes = 0

  function compare({ body, bytes: _, ...answer }: SeenAnswer): void {
    const { provider, operation, endpoint } = answer
    const shape = baselines.get(provider)?.shapeOf(operation, endpoint)
    if (!shape) return
    const seenAt = clock.date()
    for (const difference of differences(shape, body)) {
      const drift = { ...difference, ...answer, seenAt }
      onDrift?.(drift)
      records.record(drift)
    }
  }

  /** One answer, so that requests get their turn between two. */
  function compareNext(): void {
    const answer = waiting.shift()
    if (!answer) return
    bytes -= answer.bytes
    try {
      compare(answer)
    } catch (err) {
      logger.error({ err, provider: answer.provider }, 'an answer could not be held against its baseline')
    }
    if (waiting.length > 0) setImmediate(compareNext)
  }

  return {
    see: answer => {
      const isFull = waiting.length >= MOST_WAITING || (bytes > 0 && bytes + answer.bytes > MOST_BYTES)
      if (isFull || !sampling.isWanted(answer)) return
      bytes += answer.bytes
      if (waiting.push(answer) === 1) setImmediate(compareNext)
    },
    covers: (provider, operation) => baselines.get(provider)?.covers(operation) ?? false,
    flush: async () => {
      while (waiting.length > 0) compareNext()
      await records.flush()
    },
    close: async () => {
      while (waiting.length > 0) compareNext()
      await records.close()
    },
  }
}
