import { z } from 'zod'
import { addUp, chooseAccounts } from '#providers/fair-share'
import type { Changed } from '#providers/ledger'
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
/** A seat that is kept for an account of another process is taken or given up soon. */
const KEPT_MS = 100
/** So long after it has stopped counting, a call is remembered, to judge what late answers say of the window. */
const REMEMBERED_MS = 5_000
/** A process that does not come back for what it asked for is forgotten after this. */
const PATIENCE_MS = 1_000

type Draft = { -readonly [K in keyof CallWindow]: CallWindow[K] }

export function spanOf({ window }: Pick<WindowRules, 'window'>): number {
  return window.ms + EDGE_MS
}

/** What is still true of a window at `now`. */
function openDraft(state: CallWindow | null, { window }: WindowRules, now: number): Draft {
  const known = state ?? { limit: window.requests, pausedUntil: 0, nextNumber: 1, calls: [], waiting: {} }
  const waiting = Object.entries(known.waiting).filter(([, { until }]) => until > now)
  return {
    ...known,
    limit: Math.min(known.limit, window.requests),
    calls: known.calls.filter(([, , until]) => until > now - REMEMBERED_MS),
    waiting: Object.fromEntries(waiting),
  }
}

/** The calls that count at a moment. */
function countedAt(draft: Draft, at: number): CallWindow['calls'] {
  return draft.calls.filter(([, , until]) => until > at)
}

function learn(draft: Draft, { facts, agoMs, beganAgoMs }: Heard, rules: WindowRules, now: number): void {
  const { limit = draft.limit, pauseMs = 0, remaining } = facts
  const cameAt = now - agoMs
  draft.pausedUntil = Math.max(draft.pausedUntil, cameAt + pauseMs)
  if (rules.window.requests === Number.POSITIVE_INFINITY) return
  draft.limit = Math.min(rules.window.requests, limit)
  if (remaining === undefined || beganAgoMs > REMEMBERED_MS) return
  // The provider has counted at some moment of the call: whatever counted at its beginning may have been among them.
  const byOthers = Math.max(0, draft.limit - remaining - countedAt(draft, now - beganAgoMs).length)
  for (let count = 0; count < byOthers; count += 1) enter(draft, '', cameAt + spanOf(rules), true)
  // Others use these credentials too, so our own calls do not tell when the provider's window ends.
  if (remaining === 0 && byOthers > 0)
    draft.pausedUntil = Math.max(draft.pausedUntil, cameAt + rules.window.ms)
}

function enter(draft: Draft, accountId: string, until: number, over: boolean): Seat {
  const number = draft.nextNumber
  draft.nextNumber += 1
  draft.calls.push([accountId, number, until, over])
  return { accountId, number }
}

/** Takes what is over as over, also what was taken to be over already, and what nobody used as never begun. */
function strike(draft: Draft, { over, unused }: WindowRequest, rules: WindowRules, now: number): void {
  const struck = new Set([...over.map(({ seat }) => seat), ...unused].map(({ number }) => number))
  draft.calls = draft.calls.filter(([, number]) => !struck.has(number))
  for (const { seat, agoMs } of over)
    draft.calls.push([seat.accountId, seat.number, now - agoMs + spanOf(rules), true])
}

/** Milliseconds until it is worth asking again for what is left, null when only the end of a call can help. */
function askAgainMs(draft: Draft, room: number, rules: WindowRules, now: number): number | null {
  if (room <= 0) return null
  if (draft.pausedUntil > now) return draft.pausedUntil - now
  const counted = countedAt(draft, now)
  if (counted.length < draft.limit) return KEPT_MS
  return Math.min(...counted.map(([, , until, over]) => (over ? until : now + spanOf(rules)))) - now
}

/** What a process does with the window at `now`, and what it is told. Pure. */
export function takePart(
  state: CallWindow | null,
  request: WindowRequest,
  rules: WindowRules,
  now: number,
): Changed<CallWindow, WindowReply> {
  const draft = openDraft(state, rules, now)
  for (const heard of request.heard) learn(draft, heard, rules, now)
  strike(draft, request, rules, now)
  const { [request.process]: _, ...others } = draft.waiting
  const elsewhere = addUp(Object.values(others).map(({ accounts }) => accounts))
  const left = new Map(request.waiting)
  const free = { limit: draft.limit, calls: countedAt(draft, now) }
  const chosen = draft.pausedUntil > now ? [] : chooseAccounts(free, left, elsewhere, request.room)
  const lease = now + rules.longestCallMs + spanOf(rules)
  const seats = chosen.map(accountId => enter(draft, accountId, lease, false))

  const room = request.room - seats.length
  const again = left.size > 0 ? askAgainMs(draft, room, rules, now) : null
  const accounts = Object.fromEntries(
    [...left].slice(0, room).map(([account, count]) => [account, Math.min(count, room)]),
  )
  const mine = again === null ? {} : { [request.process]: { until: now + again + PATIENCE_MS, accounts } }
  const countedMs = countedAt(draft, now).map(([, , until, over]) => (over ? until - now : spanOf(rules)))
  return {
    next: { ...draft, waiting: { ...others, ...mine } },
    result: {
      seats,
      limit: draft.limit,
      pausedMs: Math.max(0, draft.pausedUntil - now),
      countedMs: countedMs.toSorted((a, b) => a - b),
      elsewhere,
      askAgainMs: again,
    },
  }
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
