import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Caller } from '#http/caller'
import { createCursors } from '#http/list'
import { ProblemError } from '#http/problem-error'
import { cutArray } from '#http/read-through'

const cursors = createCursors(data => createHmac('sha256', 'secret').update(data).digest())
const caller: Caller = { accountId: 'one', mode: 'test', keyId: 'k', scopes: [] }
const LETTERS = [...'abcdefghij']

const page = (limit: number, cursor?: string, list = 'letters', who = caller) => {
  const request = cursors.read({ limit, ...(cursor === undefined ? {} : { cursor }) }, list, who)
  return cutArray(cursors, LETTERS, request, list, who)
}
const nextOf = (limit: number) => page(limit).next_cursor ?? ''

describe('a list', () => {
  test('is cut into pages that follow each other without a gap', () => {
    const seen: string[][] = []
    let cursor: string | null | undefined
    while (cursor !== null && seen.length < 10) {
      const { data, has_more, next_cursor } = page(4, cursor)
      expect(has_more).toBe(next_cursor !== null)
      seen.push(data)
      cursor = next_cursor
    }
    expect(seen).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f', 'g', 'h'],
      ['i', 'j'],
    ])
  })

  test('has no next page when its end is reached exactly', () => {
    expect(page(10)).toMatchObject({ object: 'list', has_more: false, next_cursor: null })
    expect(page(5, nextOf(5))).toMatchObject({ data: [...'fghij'], has_more: false, next_cursor: null })
  })

  test('has 25 rows to the page unless told otherwise', () => {
    expect(cursors.read({}, 'letters', caller)).toEqual({ limit: 25, after: null })
  })

  test('takes another limit in the middle', () => {
    expect(page(2, nextOf(3)).data).toEqual(['d', 'e'])
  })
})

describe('a cursor', () => {
  const read = (cursor: string, list = 'letters', who = caller) => cursors.read({ cursor }, list, who)
  const refused = expect.objectContaining({ code: 'malformed_request' })

  test('is safe in a URL and does not show what it holds', () => {
    expect(nextOf(3)).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  test('is of one list, one account and one mode', () => {
    const cursor = nextOf(3)
    expect(read(cursor).after).toBe('3')
    expect(() => read(cursor, 'quotes')).toThrow(refused)
    expect(() => read(cursor, 'letters', { ...caller, accountId: 'other' })).toThrow(refused)
    expect(() => read(cursor, 'letters', { ...caller, mode: 'live' })).toThrow(refused)
  })

  test('works for another key of the same account', () => {
    expect(read(nextOf(3), 'letters', { ...caller, keyId: 'other', scopes: ['admin'] }).after).toBe('3')
  })

  test('is refused when any byte of it is changed, added or missing', () => {
    const cursor = nextOf(3)
    for (let at = 0; at < cursor.length; at += 1) {
      const other = cursor[at] === 'A' ? 'B' : 'A'
      expect(() => read(cursor.slice(0, at) + other + cursor.slice(at + 1))).toThrow(refused)
      expect(() => read(cursor.slice(0, at))).toThrow(refused)
    }
    for (const more of ['A', '=', '==', '!', ' ', '\n', '%00'])
      expect(() => read(cursor + more)).toThrow(refused)
  })

  test.each([
    'x',
    'ü',
    'null',
    '{}',
    Buffer.from('["3"]').toString('base64url'),
    Buffer.alloc(16).toString('base64url'),
    Buffer.concat([Buffer.alloc(16), Buffer.from('{not json')]).toString('base64url'),
    Buffer.concat([Buffer.alloc(16), Buffer.from([0xff, 0xfe, 0x00])]).toString('base64url'),
  ])('is refused when it was never given out: %j', cursor => {
    expect(() => read(cursor)).toThrow(refused)
  })

  test('is refused in whatever form, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), cursor => {
        expect(() => read(cursor)).toThrow(ProblemError)
      }),
    )
  })

  test('that was signed for something else than a position is refused', () => {
    const text = '{"after":3}'
    const mac = createHmac('sha256', 'secret').update(['one', 'test', 'letters', text].join('\n')).digest()
    const cursor = Buffer.concat([mac.subarray(0, 16), Buffer.from(text)]).toString('base64url')
    expect(() => read(cursor)).toThrow(refused)
  })
})
