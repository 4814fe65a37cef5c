import type { Deadline } from '#providers/call-context'
import type { Clock } from '#providers/clock'
import { systemClock } from '#providers/clock'

export interface OwnDeadline extends Deadline {
  /** Stops the timer and lets go of the parent. The signal does not fire any more. */
  dispose(): void
}

/** What a timer of Node can hold; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

/**
 * A deadline `ms` milliseconds from now, or earlier when `parent` is aborted. The signal's reason is a DOMException:
 * `TimeoutError` when time ran out, `AbortError` when the parent was given up. Dispose of it when the work is done.
 */
export function createDeadline(ms: number, parent?: AbortSignal, clock: Clock = systemClock): OwnDeadline {
  const controller = new AbortController()
  const end = clock.now() + ms
  const expire = () => controller.abort(new DOMException('The deadline has passed', 'TimeoutError'))
  const follow = () => (isTimeout(parent?.reason) ? expire() : controller.abort())
  const stopTimer = clock.after(Math.min(Math.max(0, ms), LONGEST_TIMER_MS), expire)
  if (parent?.aborted) follow()
  else parent?.addEventListener('abort', follow, { once: true })

  return {
    left: () => (controller.signal.aborted ? 0 : Math.max(0, end - clock.now())),
    signal: controller.signal,
    dispose: () => {
      stopTimer()
      parent?.removeEventListener('abort', follow)
    },
  }
}
