import { describe, expect, test } from 'vitest'
import { createTurns } from '#providers/turns'

/** Things that wait: `a1` and `a2` of account a, and so on, in this order. */
function waiting(...things: readonly string[]) {
  const turns = createTurns<string>()
  for (const thing of things) turns.add(thing.slice(0, 1), thing)
  return turns
}

describe('whatever waits', () => {
  test('is served account by account', () => {
    const turns = waiting('a1', 'a2', 'b1')
    expect([turns.next(), turns.next(), turns.next(), turns.next()]).toEqual(['a1', 'b1', 'a2', undefined])
    expect(turns.waiting).toBe(0)
  })

  test('is served before its turn where its account is asked for, which then stands last', () => {
    const turns = waiting('a1', 'b1', 'b2', 'c1')
    expect(turns.next('b')).toBe('b1')
    expect([...turns.counts()]).toEqual([
      ['a', 1],
      ['c', 1],
      ['b', 1],
    ])
  })

  test('is served in its turn where nothing of the account that is asked for waits', () => {
    expect(waiting('a1', 'b1').next('x')).toBe('a1')
    expect(waiting().next('x')).toBeUndefined()
  })

  test('may leave, from wherever it stands, and once', () => {
    const turns = waiting('a1', 'a2', 'a3', 'b1')
    expect([turns.remove('a', 'a2'), turns.remove('a', 'a2'), turns.remove('x', 'x1')]).toEqual([
      true,
      false,
      false,
    ])
    expect(turns.items()).toEqual(['a1', 'a3', 'b1'])
    expect([turns.waiting, turns.waitingOf('a')]).toEqual([3, 2])
    turns.remove('b', 'b1')
    expect([...turns.counts()]).toEqual([['a', 2]])
  })
})
