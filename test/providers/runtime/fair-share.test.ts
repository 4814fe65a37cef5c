import { describe, expect, test } from 'vitest'
import { addUp, chooseAccounts } from '#providers/fair-share'

interface Situation {
  readonly limit?: number
  /** Accounts of the calls in the window, a letter each. */
  readonly calls?: string
  readonly waiting: Record<string, number>
  readonly elsewhere?: Record<string, number>
  readonly room?: number
}

function chosen({ limit = 6, calls = '', waiting, elsewhere = {}, room = 9 }: Situation) {
  const left = new Map(Object.entries(waiting))
  const window = { limit, calls: [...calls].map((account): [string] => [account]) }
  const accounts = chooseAccounts(window, left, new Map(Object.entries(elsewhere)), room)
  return { accounts: accounts.join(''), left: Object.fromEntries(left) }
}

describe('the accounts whose calls are let through', () => {
  test('take turns until nobody waits', () => {
    expect(chosen({ waiting: { a: 3, b: 1 } })).toEqual({ accounts: 'abaa', left: {} })
    expect(chosen({ waiting: {} })).toEqual({ accounts: '', left: {} })
  })

  test('are no more than there is room for, here and in the window', () => {
    expect(chosen({ waiting: { a: 3, b: 3 }, room: 3 })).toEqual({ accounts: 'aba', left: { a: 1, b: 2 } })
    expect(chosen({ waiting: { a: 3, b: 3 }, calls: 'xxxx' })).toEqual({
      accounts: 'ab',
      left: { a: 2, b: 2 },
    })
    expect(chosen({ waiting: { a: 1 }, calls: 'xxxxxx' }).accounts).toBe('')
  })

  test('are those first that have least of the window', () => {
    expect(chosen({ waiting: { a: 2, b: 3 }, calls: 'aa', room: 3 }).accounts).toBe('bba')
  })

  test('leave to an account of another process what its share lacks', () => {
    expect(chosen({ limit: 4, waiting: { a: 4 }, elsewhere: { b: 4 } }).accounts).toBe('aa')
    expect(chosen({ limit: 4, waiting: { a: 4 }, elsewhere: { b: 1 } }).accounts).toBe('aaa')
    expect(chosen({ limit: 4, waiting: { a: 4 }, calls: 'bb', elsewhere: { b: 4 } }).accounts).toBe('aa')
    expect(chosen({ limit: 6, waiting: { a: 6 }, elsewhere: { b: 1, c: 1 } }).accounts).toBe('aaaa')
  })

  test('leave nothing to one that has more than its share', () => {
    const situation = { limit: 9, waiting: { a: 9 }, calls: 'bbbb', elsewhere: { b: 4, c: 0 } }
    expect(chosen(situation).accounts).toBe('aaaaa')
  })

  test('share in whole calls, one at least', () => {
    expect(chosen({ limit: 5, waiting: { a: 5 }, elsewhere: { b: 5 } }).accounts).toBe('aaa')
    expect(chosen({ limit: 1, waiting: { a: 1 }, elsewhere: { b: 1 } }).accounts).toBe('a')
  })
})

test('counts of one account are added up', () => {
  expect(addUp([{ a: 1 }, { a: 2, b: 1 }, {}])).toEqual(
    new Map([
      ['a', 3],
      ['b', 1],
    ]),
  )
})
