import type { OrderStatus } from '#contract/orders'
import type { Entry } from '#journal/entry'
import type { ProviderOrderState } from '#providers/port/orders'

export const SKIPPED = 'skipped'

type Step = Pick<Entry, 'state' | 'error' | 'resolution' | 'leaseUntil'>

/** Sent by somebody who has gone silent: nobody knows what became of it. */
function isUnknown(step: Step, now: Date): boolean {
  return (
    step.state === 'unknown' ||
    (step.state === 'sending' && step.leaseUntil !== null && step.leaseUntil < now)
  )
}

/** Left out by a person: it ends refused, and stands in nobody's way. */
export function isSkipped(step: Pick<Step, 'state' | 'error'>): boolean {
  return step.state === 'refused' && step.error?.code === SKIPPED
}

function isDone(step: Step): boolean {
  if (step.state === 'settled_by_person') return step.resolution?.outcome === 'happened'
  return step.state === 'succeeded' || isSkipped(step)
}

/** Still to come. */
function isOpen(step: Step): boolean {
  return step.state === 'planned' || step.state === 'sending'
}

/** Ended without having been done: it may be sent again. */
export function hasFailed(step: Step): boolean {
  return !isDone(step) && !isOpen(step) && step.state !== 'unknown'
}

/** What our own steps say of an order; null once all of them are done and the provider's word decides. */
export function statusOfSteps(steps: readonly Step[], now: Date): OrderStatus | null {
  if (steps.some(step => isUnknown(step, now))) return 'unknown'
  const [first, ...rest] = steps
  if (first && !isDone(first)) return isOpen(first) ? 'submitting' : 'failed'
  if (rest.some(step => !isDone(step) && !isOpen(step))) return 'action_required'
  return rest.some(isOpen) ? 'submitting' : null
}

const PROVIDER_STATUSES: readonly OrderStatus[] = ['pending', 'active', 'ended', 'cancelled']

/** What the provider's word makes of an order whose steps are done. A word that we do not know leaves it as it was. */
export function statusOfProvider(
  current: OrderStatus,
  word: ProviderOrderState | null,
  tenancyEnd: string,
  today: string,
): OrderStatus {
  if (word === 'cancelled' || word === 'ended') return word
  if (tenancyEnd < today) return 'ended'
  return word ?? (PROVIDER_STATUSES.includes(current) ? current : 'pending')
}
