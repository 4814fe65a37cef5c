import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, readIdempotencyKey } from '#http/idempotency/request-key'
import { ProblemError } from '#http/problem-error'

describe('readIdempotencyKey', () => {
  test('is null without the header', () => {
    expect(readIdempotencyKey(undefined)).toBeNull()
  })

  test.each([
    ['abc', 'abc'],
    ['"abc"', 'abc'],
    [' abc ', 'abc'],
    ['a b', 'a b'],
    ['"a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    ['a"b', 'a"b'],
    ['8e03978e-40d5-43e8-bc93-6894a57f9324', '8e03978e-40d5-43e8-bc93-6894a57f9324'],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
  ])('of %j is %j', (header, key) => {
    expect(readIdempotencyKey(header)).toBe(key)
  })

  test.each([
    ['nothing', ''],
    ['white space', '   '],
    ['quotes around nothing', '""'],
    ['256 characters', 'x'.repeat(256)],
    ['256 quoted characters', `"${'x'.repeat(256)}"`],
    ['a tab', 'a\tb'],
    ['NUL', 'a\u0000b'],
    ['DEL', 'a\u007fb'],
    ['a letter beyond ASCII', 'clé'],
    ['a quote that never ends', '"abc'],
    ['a quote too many', '"a"b"'],
    ['an escape of nothing', '"a\\n"'],
    ['parameters', '"abc";x=1'],
    ['several headers', ['a', 'b']],
  ])('refuses %s', (_name, header) => {
    const detail = 'Idempotency-Key must be 1 to 255 printable ASCII characters.'
    expect(() => readIdempotencyKey(header)).toThrow(new ProblemError('malformed_request', detail))
  })

  test('reads every key back from its quoted form', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map(code => String.fromCharCode(code)),
    })
    fc.assert(
      fc.property(
        printable.filter(key => key.length > 0 && key.length <= 255),
        key => {
          expect(readIdempotencyKey(`"${key.replaceAll(/["\\]/g, '\\$&')}"`)).toBe(key)
        },
      ),
    )
  })
})

describe('canonicalJson', () => {
  test('is the same for every order of keys, at every depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
    expect(canonicalJson({ a: 'x', b: [{ c: null, d: 1 }] })).toBe('{"a":"x","b":[{"c":null,"d":1}]}')
  })

  test('tells apart what differs', () => {
    const bodies = [
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { a: null },
      {},
      [],
      null,
      '',
      0,
      [1, 2],
      [2, 1],
      { 'a":1,"b': 1 },
    ]
    expect(new Set(bodies.map(canonicalJson)).size).toBe(bodies.length)
  })

  test('takes no body at all for null', () => {
    expect(canonicalJson(undefined)).toBe('null')
  })

  test('says the same as JSON and loses nothing', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(JSON.parse(canonicalJson(JSON.parse(text)))).toEqual(JSON.parse(text))
      }),
    )
  })

  test('does not depend on the order in which keys came', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), body => {
        const reversed = Object.fromEntries(Object.entries(body).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(body))
      }),
    )
  })
})
