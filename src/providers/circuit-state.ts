import { z } from 'zod'
import { circuitStates } from '#contract/providers'

/** A circuit as all who use the credentials see it; instants in milliseconds on their common clock. */
export const CircuitRecord = z.object({
  state: z.enum(circuitStates),
  pauseMs: z.number(),
  openUntil: z.number(),
  /** The one call that is let through to see whether the provider works again, and until when it counts as alive. */
  probe: z.object({ id: z.string(), until: z.number() }).nullable(),
  goodProbes: z.int(),
})
export type CircuitRecord = z.output<typeof CircuitRecord>

/** `good`: the provider works. `bad`: it does not. `neutral`: the call says nothing about it. */
export type Verdict = 'good' | 'bad' | 'neutral'

const GOOD_PROBES_TO_CLOSE = 2
const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 60_000
/** Somebody else's probe is under way: worth asking again after this. */
export const PROBED_MS = 1_000

export const CLOSED: CircuitRecord = {
  state: 'closed',
  pauseMs: FIRST_PAUSE_MS,
  openUntil: 0,
  probe: null,
  goodProbes: 0,
}

function open(pauseMs: number, now: number, chance: number): CircuitRecord {
  // Up to a fifth is added by chance, so that circuits that opened together are not probed together.
  const openUntil = now + Math.ceil(pauseMs * (1 + chance / 5))
  return { state: 'open', pauseMs, openUntil, probe: null, goodProbes: 0 }
}

/** Too many calls have failed: opens a closed circuit; one that is not closed stays as it is. `chance`: 0 to 1. */
export function trip(record: CircuitRecord, now: number, chance: number): CircuitRecord {
  return record.state === 'closed' ? open(FIRST_PAUSE_MS, now, chance) : record
}

/** Lets a probe through where the pause is over and no other one is under way; else stays as it is. */
export function beginProbe(
  record: CircuitRecord,
  probe: { readonly id: string; readonly longestMs: number },
  now: number,
): CircuitRecord {
  if (record.state === 'closed' || now < record.openUntil) return record
  if (record.probe && now < record.probe.until) return record
  return { ...record, state: 'half_open', probe: { id: probe.id, until: now + probe.longestMs } }
}

/** What a probe has shown. The verdict of one that was given up meanwhile changes nothing. */
export function judgeProbe(
  record: CircuitRecord,
  id: string,
  verdict: Verdict,
  now: number,
  chance: number,
): CircuitRecord {
  if (record.probe?.id !== id) return record
  if (verdict === 'bad') return open(Math.min(record.pauseMs * 2, LONGEST_PAUSE_MS), now, chance)
  const goodProbes = record.goodProbes + (verdict === 'good' ? 1 : 0)
  return goodProbes >= GOOD_PROBES_TO_CLOSE ? CLOSED : { ...record, goodProbes, probe: null }
}

/** Milliseconds until a call may be let through, at the earliest; 0 when one may now. */
export function waitMs({ state, openUntil, probe }: CircuitRecord, now: number): number {
  if (state === 'closed') return 0
  if (now < openUntil) return openUntil - now
  return probe && now < probe.until ? PROBED_MS : 0
}
