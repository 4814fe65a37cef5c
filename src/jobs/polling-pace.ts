import type { MandateStatus } from '#contract/tenants'
import type { OrderStatus } from '#contract/orders'
import type { Watch } from '#mappings/watches'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What decides how often something is looked at. `at` is when it came into being. */
export type Subject =
  | { readonly kind: 'order'; readonly status: OrderStatus; readonly at: Date }
  | {
      readonly kind: 'payments'
      readonly status: OrderStatus
      readonly at: Date
      /** When the order came to be as it is: since when it is over, once it is. */
      readonly changedAt: Date
    }
  | { readonly kind: 'lead'; readonly completed: boolean; readonly at: Date }
  | {
      readonly kind: 'mandate'
      readonly status: MandateStatus | null
      readonly orderStatus: OrderStatus
      /** When the order came into being. */
      readonly at: Date
    }

/** Younger than so long: looked at so often. The first that fits counts; past the last, never. */
type Paces = readonly (readonly [youngerThan: number, every: number])[]

const FOR_EVER = Number.POSITIVE_INFINITY

const PACES = {
  //                 first day             first fortnight       first 60 days         later
  pending_order: [
    [DAY, 15 * MINUTE],
    [14 * DAY, HOUR],
    [60 * DAY, 6 * HOUR],
    [FOR_EVER, 12 * HOUR],
  ],
  other_order: [
    [DAY, 2 * HOUR],
    [14 * DAY, 6 * HOUR],
    [60 * DAY, 12 * HOUR],
    [FOR_EVER, DAY],
  ],
  payments: [
    [DAY, 2 * HOUR],
    [14 * DAY, 6 * HOUR],
    [60 * DAY, 12 * HOUR],
    [FOR_EVER, 12 * HOUR],
  ],
  // What was taken last may still fail, or be tried again.
  last_payments: [
    [14 * DAY, DAY],
    [60 * DAY, 3 * DAY],
  ],
  lead: [
    [DAY, 30 * MINUTE],
    [14 * DAY, 6 * HOUR],
    [60 * DAY, DAY],
    [365 * DAY, DAY],
  ],
  waiting_mandate: [
    [DAY, 30 * MINUTE],
    [14 * DAY, 3 * HOUR],
    [60 * DAY, 12 * HOUR],
    [FOR_EVER, DAY],
  ],
  active_mandate: [
    [DAY, 12 * HOUR],
    [14 * DAY, 12 * HOUR],
    [60 * DAY, DAY],
  ],
} as const satisfies Record<string, Paces>

const HAD: readonly OrderStatus[] = ['ended', 'cancelled']
const OVER: readonly OrderStatus[] = [...HAD, 'failed']

function pacesOf(subject: Subject): Paces {
  if (subject.kind === 'lead') return subject.completed ? [] : PACES.lead
  if (subject.kind === 'mandate') {
    if (OVER.includes(subject.orderStatus)) return []
    return subject.status === 'active' ? PACES.active_mandate : PACES.waiting_mandate
  }
  if (subject.kind === 'payments' && HAD.includes(subject.status)) return PACES.last_payments
  if (OVER.includes(subject.status)) return []
  if (subject.kind === 'payments') return PACES.payments
  return subject.status === 'pending' ? PACES.pending_order : PACES.other_order
}

/** From when on it grows older. */
function beganAt(subject: Subject): Date {
  return subject.kind === 'payments' && HAD.includes(subject.status) ? subject.changedAt : subject.at
}

/** Milliseconds from one look to the next; null when there is nothing more to be seen. */
export function paceOf(subject: Subject, now: Date): number | null {
  const age = now.getTime() - beganAt(subject).getTime()
  return pacesOf(subject).find(([youngerThan]) => age < youngerThan)?.[1] ?? null
}

/** Whether the provider is worth asking: nothing is taken from the bill payers before the order is active. */
export function isToBeAsked(subject: Subject): boolean {
  return subject.kind !== 'payments' || subject.status === 'active' || HAD.includes(subject.status)
}

const FIRST_WAIT = 2 * MINUTE
const LONGEST_WAIT = 6 * HOUR
/** So many failures in a row make it wait for a day. */
export const PARKED_AFTER = 8

/** Milliseconds to leave something alone that has failed so often in a row. */
export function waitAfter(failures: number): number {
  if (failures >= PARKED_AFTER) return DAY
  return Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
}

/** Up to a tenth later, so that what began together does not stay together. `random` is 0 up to but not including 1. */
export function momentAfter(now: Date, ms: number, random: number): Date {
  return new Date(now.getTime() + Math.round(ms * (1 + random / 10)))
}

/** The share of a provider's allowance that looking around may take; the rest is for callers. */
const SHARE = 1 / 5
/** Between two looks where no allowance is known, and at least where one is. */
const SPACING = 250

/** Milliseconds between two looks through one connection. */
export function spacingOf(window: { readonly requests: number; readonly ms: number } | null): number {
  return window ? Math.max(SPACING, window.ms / (window.requests * SHARE)) : SPACING
}

/** Whether callers need what is left: looking around then waits for its next turn. */
export function isCrowded(limit: {
  readonly window: { readonly requests: number } | null
  readonly used: number
  readonly waiting: number
}): boolean {
  return limit.waiting > 0 || (limit.window !== null && limit.used >= limit.window.requests / 2)
}

/**
 * What a look can end in. `held`: nothing is wrong with what was looked at, but its provider cannot be asked now.
 * `idle`: there was nothing to ask.
 */
export interface Look {
  readonly outcome: 'looked' | 'failed' | 'held' | 'idle'
  /** Milliseconds until the next look, should all be well; null when there need be none. */
  readonly paceMs: number | null
}

/** What is written down after a look: when it is due next, failures in a row, the last success. */
export function afterLook(
  { failures, looked_at }: Pick<Watch, 'failures' | 'looked_at'>,
  { outcome, paceMs }: Look,
  { now, random }: { now: Date; random: number },
): { nextAt: Date | null; failures: number; lookedAt: Date | null } {
  const after = (ms: number) => momentAfter(now, ms, random)
  if (outcome === 'held') return { nextAt: after(FIRST_WAIT), failures, lookedAt: looked_at }
  if (outcome === 'failed')
    return { nextAt: after(waitAfter(failures + 1)), failures: failures + 1, lookedAt: looked_at }
  const lookedAt = outcome === 'looked' ? now : looked_at
  return { nextAt: paceMs === null ? null : after(paceMs), failures: 0, lookedAt }
}
