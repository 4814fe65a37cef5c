import { z } from 'zod'
import type { RateFacts } from '#providers/limiter'
import type { Limits } from '#providers/port/index'

/**
 * The calls that count against a provider's window, of all processes together. A call counts from the moment it is let
 * through until one window after it is over: somewhere in between the provider has counted it, so no window of the
 * provider's ever holds more than the limit. (A token bucket would let two limits through around a refill.)
 */
export const CallWindow = z.object({
  /** Calls per window, by what the provider said last. */
  limit: z.number(),
  pausedUntil: z.number(),
  nextNumber: z.int(),
  /** Account, number, when it stops counting, whether it is over. Of nobody's account: what others have used. */
  calls: z.array(z.tuple([z.string(), z.int(), z.number(), z.boolean()])),
  /** By process: the calls of each account that it could begin at once. */
  waiting: z.record(z.string(), z.object({ until: z.number(), accounts: z.record(z.string(), z.int()) })),
})
export type CallWindow = z.output<typeof CallWindow>

/** A call that is let through. */
export interface Seat {
  readonly accountId: string
  readonly number: number
}

/** What an answer said, and how many milliseconds ago it came and its call began. */
export interface Heard {
  readonly facts: RateFacts
  readonly agoMs: number
  readonly beganAgoMs: number
}

/** What a process tells of its calls, and which it wants to begin. It tells late, so it tells how late. */
export interface WindowRequest {
  readonly process: string
  /** In the order in which answers came. */
  readonly heard: readonly Heard[]
  readonly over: readonly { readonly seat: Seat; readonly agoMs: number }[]
  /** Seats that nobody took. */
  readonly unused: readonly Seat[]
  /** Calls that wait, by account; whose turn comes first stands first. */
  readonly waiting: ReadonlyMap<string, number>
  /** How many it could begin now. */
  readonly room: number
}

export interface WindowReply {
  readonly seats: readonly Seat[]
  readonly limit: number
  readonly pausedMs: number
  /** Milliseconds until each counted call stops counting, ascending; as if those under way ended now. */
  readonly countedMs: readonly number[]
  /** Calls that wait in other processes, by account. */
  readonly elsewhere: ReadonlyMap<string, number>
  /** Milliseconds until it is worth asking again; null when that is not a matter of time. */
  readonly askAgainMs: number | null
}

export interface WindowRules {
  readonly window: NonNullable<Limits['window']>
  /** A call whose process died is over by then, in milliseconds from when it was let through. */
  readonly longestCallMs: number
}

/** Clocks tick in steps, here and there; so much more is waited at the edge of a window. */
const EDGE_MS = 20
export function spanOf({ window }: Pick<WindowRules, 'window'>): number {
  return window.ms + EDGE_MS
}

/** Milliseconds from `now` until `ahead` further calls may begin, at the earliest; `counted` in ascending order. */
export function windowWaitMs(
  counted: readonly number[],
  ahead: number,
  limit: number,
  window: WindowRules['window'],
  now: number,
): number {
  const missing = counted.length + ahead - limit
  if (missing <= 0) return 0
  const freed = counted[missing - 1]
  if (freed !== undefined) return freed - now
  // Later than all that is known: those calls wait for others of the same queue.
  const span = spanOf({ window })
  return span + windowWaitMs(counted, missing - counted.length, limit, window, now)
}
