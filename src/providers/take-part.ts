import type { CallWindow, Heard, Seat, WindowReply, WindowRequest, WindowRules } from '#providers/call-window'
import { spanOf } from '#providers/call-window'
import { addUp, chooseAccounts } from '#providers/fair-share'
import type { Changed } from '#providers/ledger'

/** A seat that is kept for an account of another process is taken or given up soon. */
const KEPT_MS = 100
/** So long after it has stopped counting, a call is remembered, to judge what late answers say of the window. */
const REMEMBERED_MS = 5_000
/** A process that does not come back for what it asked for is forgotten after this. */
const PATIENCE_MS = 1_000

type Draft = { -readonly [K in keyof CallWindow]: CallWindow[K] }

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
  // Where nothing is counted, what is over counts for nothing.
  if (rules.window.requests === Number.POSITIVE_INFINITY) return
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
