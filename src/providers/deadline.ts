import type { Deadline } from '#providers/call-context'
import type { Clock } from '#providers/clock'
import { systemClock } from '#providers/clock'

export interface OwnDeadline extends Deadline {
  /** Stops the timer and lets go of the parent. The signal does not fire any more. */
  dispose(): void
}

/** A deadline `ms` milliseconds from now, or earlier when `parent` is aborted. Dispose of it when the work is done. */
export function createDeadline(ms: number, parent?: AbortSignal, clock: Clock = systemClock): OwnDeadline {
  const controller = new AbortController()
  const end = clock.now() + Math.max(0, ms)
  const expire = () => controller.abort(new DOMException('The deadline has passed', 'TimeoutError'))
  const stopTimer = clock.after(Math.max(0, ms), expire)
  const follow = () => controller.abort(parent?.reason)
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
