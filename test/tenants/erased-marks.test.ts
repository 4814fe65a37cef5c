import { describe, expect, test } from 'vitest'
import { createVault } from '#db/vault'
import { createBearsMark, markOf, marksOf } from '#tenants/erased-marks'

const oldKey = Buffer.alloc(32, 1)
const newKey = Buffer.alloc(32, 2)
const vault = createVault([oldKey])
const scope = { accountId: '01939b1e-0000-7000-8000-000000000001', mode: 'test' as const }
const mark = markOf(vault, scope, 'Jane@Example.com')

describe('the mark of an erased value', () => {
  test('is borne by the value in any case', () => {
    const bearsMark = createBearsMark(vault, scope)
    expect(bearsMark(mark, 'jane@example.COM')).toBe(true)
    expect(bearsMark(mark, 'june@example.com')).toBe(false)
  })

  test('is borne by nothing in another account or mode', () => {
    const another = { ...scope, accountId: '01939b1e-0000-7000-8000-000000000002' }
    for (const elsewhere of [another, { ...scope, mode: 'live' as const }])
      expect(createBearsMark(vault, elsewhere)(mark, 'jane@example.com')).toBe(false)
  })

  test('is found again while the key that made it is still there', () => {
    const rotating = createVault([newKey, oldKey])
    expect(marksOf(rotating, scope, 'jane@example.com')).toContainEqual(mark)
    expect(createBearsMark(rotating, scope)(mark, 'jane@example.com')).toBe(true)
    expect(createBearsMark(createVault([newKey]), scope)(mark, 'jane@example.com')).toBe(false)
  })

  test('is none for what is not known', () => {
    const bearsMark = createBearsMark(vault, scope)
    expect(markOf(vault, scope, null)).toBeNull()
    expect(bearsMark(null, 'jane@example.com')).toBe(false)
    expect(bearsMark(mark, null)).toBe(false)
  })
})
