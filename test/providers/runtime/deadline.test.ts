import { expect, test, vi } from 'vitest'
import { createDeadline } from '#providers/deadline'
import { createManualClock } from '#test/manual-clock'

const reasonOf = ({ signal }: { signal: AbortSignal }): unknown =>
  signal.reason instanceof DOMException ? signal.reason.name : signal.reason

test('a deadline counts down and fires once its time is up', async () => {
  const clock = createManualClock()
  const deadline = createDeadline(1_000, undefined, clock)
  await clock.advance(400)
  expect([deadline.left(), deadline.signal.aborted]).toEqual([600, false])
  await clock.advance(600)
  expect([deadline.left(), reasonOf(deadline)]).toEqual([0, 'TimeoutError'])
})

test('it follows its parent, and tells giving up from running out of time', () => {
  const clock = createManualClock()
  const parent = new AbortController()
  const deadline = createDeadline(1_000, parent.signal, clock)
  parent.abort(new Error('whatever'))
  expect([deadline.left(), reasonOf(deadline)]).toEqual([0, 'AbortError'])
  expect(reasonOf(createDeadline(1_000, AbortSignal.abort(), clock))).toBe('AbortError')
  const timedOut = AbortSignal.abort(new DOMException('late', 'TimeoutError'))
  expect(reasonOf(createDeadline(1_000, timedOut, clock))).toBe('TimeoutError')
})

test('once disposed it leaves nothing behind', async () => {
  const clock = createManualClock()
  const parent = new AbortController()
  const deadline = createDeadline(1_000, parent.signal, clock)
  deadline.dispose()
  parent.abort()
  await clock.advance(2_000)
  expect([deadline.signal.aborted, clock.timers()]).toEqual([false, 0])
})

test('a deadline without end sets a timer that Node can hold', () => {
  const after = vi.fn(() => () => undefined)
  const deadline = createDeadline(Number.POSITIVE_INFINITY, undefined, { ...createManualClock(), after })
  expect(deadline.left()).toBe(Number.POSITIVE_INFINITY)
  expect(after).toHaveBeenCalledWith(2_147_483_647, expect.any(Function))
})
