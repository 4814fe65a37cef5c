import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fieldErrors, pointerOf } from '#http/field-errors'

function errorsOf(schema: z.ZodType, value: unknown) {
  const parsed = schema.safeParse(value, { reportInput: true })
  return parsed.success ? [] : fieldErrors(parsed.error.issues)
}

describe('pointerOf', () => {
  test.each([
    [[], ''],
    [['a', 'b'], '/a/b'],
    [['rows', 0, 'x'], '/rows/0/x'],
    [['a/b'], '/a~1b'],
    [['m~n'], '/m~0n'],
    [['~1'], '/~01'],
    [[''], '/'],
    [['', ''], '//'],
    [['ä', ' '], '/ä/ '],
  ])('%j is %j', (path, pointer) => {
    expect(pointerOf(path)).toBe(pointer)
  })
})

describe('fieldErrors', () => {
  const Tenant = z.strictObject({ name: z.string().min(2), age: z.int().exactOptional() })

  test('points into arrays of objects', () => {
    const rows = [{ name: 'Jo' }, { name: 'J' }, { name: 'Al', age: 1.5 }, {}]
    expect(errorsOf(z.strictObject({ rows: z.array(Tenant) }), { rows })).toMatchObject([
      { pointer: '/rows/1/name', code: 'too_small' },
      { pointer: '/rows/2/age', code: 'invalid_type' },
      { pointer: '/rows/3/name', code: 'required', message: 'is required' },
    ])
  })

  test('points at each unknown field itself', () => {
    expect(errorsOf(z.array(Tenant), [{ name: 'Jo', 'x/y': 1, z: 2 }])).toEqual([
      { pointer: '/0/x~1y', code: 'unknown_field', message: 'is not a known field' },
      { pointer: '/0/z', code: 'unknown_field', message: 'is not a known field' },
    ])
  })

  test('of a union shows the branch that was meant', () => {
    const Choice = z.strictObject({
      payer: z.union([
        z.strictObject({ iban: z.string(), bic: z.string(), bank: z.string() }),
        z.strictObject({ card: z.string(), month: z.int() }),
      ]),
    })
    expect(errorsOf(Choice, { payer: { card: '1', month: 'x' } })).toMatchObject([
      { pointer: '/payer/month', code: 'invalid_type' },
    ])
    expect(errorsOf(Choice, { payer: 4 })).toMatchObject([{ pointer: '/payer', code: 'invalid_type' }])
  })

  test('of a discriminated union points at what chooses', () => {
    const kind = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ])
    expect(errorsOf(z.object({ kind }), { kind: { kind: 'c' } })).toMatchObject([{ pointer: '/kind/kind' }])
  })

  test('names a mistake once, whatever finds it', () => {
    const size = z.int().max(50)
    expect(errorsOf(size, 2 ** 60)).toHaveLength(1)
  })

  test('shows the first fifty', () => {
    const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`f${at}`, 1]))
    expect(errorsOf(z.strictObject({}), many)).toHaveLength(50)
  })

  test('never shows a value', () => {
    const body = { name: 'c4n4ry'.repeat(100), age: 'c4n4ry', email: 'c4n4ry', kind: 'c4n4ry', day: 'c4n4ry' }
    const schema = z.strictObject({
      name: z.string().max(10),
      age: z.int(),
      email: z.email(),
      kind: z.enum(['a', 'b']),
      day: z.iso.date(),
    })
    const errors = errorsOf(schema, body)
    expect(errors).toHaveLength(5)
    expect(JSON.stringify(errors)).not.toContain('c4n4ry')
  })
})
