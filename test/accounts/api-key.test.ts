import { describe, expect, test } from 'vitest'
import { hashApiKey, hintOf, looksLikeApiKey, makeApiKey } from '#accounts/api-key'

describe('an API key', () => {
  test('names its mode and carries 256 random bits', () => {
    const keys = Array.from({ length: 200 }, () => makeApiKey('live'))
    expect(new Set(keys).size).toBe(200)
    for (const key of keys) expect(key).toMatch(/^bb_live_[A-Za-z0-9]{43}$/)
    expect(keys.every(looksLikeApiKey)).toBe(true)
  })

  test('uses its whole alphabet', () => {
    const letters = new Set(Array.from({ length: 200 }, () => makeApiKey('test').slice(8)).join(''))
    expect(letters.size).toBe(62)
  })

  test('is stored as 32 bytes that do not contain it', () => {
    const key = makeApiKey('test')
    expect(hashApiKey(key)).toHaveLength(32)
    expect(hashApiKey(key)).toEqual(hashApiKey(key))
    expect(hashApiKey(key)).not.toEqual(hashApiKey(makeApiKey('test')))
  })

  test('is told apart by its ends, of which seven characters are random', () => {
    expect(hintOf(`bb_test_abc${'x'.repeat(36)}wxyz`)).toBe('bb_test_abc…wxyz')
  })
})
