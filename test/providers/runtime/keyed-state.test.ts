import { expect, test, vi } from 'vitest'
import { createKeyedState } from '#providers/keyed-state'
import { createManualClock } from '#test/manual-clock'

test('state that was idle for long is dropped when a new key comes, unless it is busy', async () => {
  const clock = createManualClock()
  const onDrop = vi.fn()
  const states = createKeyedState<string>({ clock, idleMs: 100, atRest: state => state !== 'busy', onDrop })
  states.get('a', () => 'idle')
  states.get('b', () => 'busy')
  states.get('c', () => 'used')
  await clock.advance(99)
  states.get('c', () => 'made again')
  await clock.advance(1)
  states.get('d', () => 'new')
  expect([...states.values()]).toEqual(['busy', 'used', 'new'])
  expect(onDrop.mock.calls).toEqual([['idle']])
  expect(states.peek('a')).toBeUndefined()
})
