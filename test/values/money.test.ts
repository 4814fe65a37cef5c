import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMoney, decimalFromMoney, moneyFromDecimal, perWeek, pounds, scaleMoney } from '#values/money'

const pence = (amount: number) => ({ amount, currency: 'GBP' as const })

/** numerator ÷ denominator rounded half to even, in integers alone. */
function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const [top, bottom] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  const down = top / bottom - (top % bottom < 0n ? 1n : 0n)
  const twice = 2n * (top - down * bottom)
  return twice > bottom || (twice === bottom && down % 2n !== 0n) ? down + 1n : down
}

const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })

describe('moneyFromDecimal', () => {
  test.each([
    ['101.5', 10150],
    ['100.000', 10000],
    [7.33, 733],
    ['0.1', 10],
    [' 12 ', 1200],
    ['-3.20', -320],
    ['9999999999999.99', 999_999_999_999_999],
    ['33.333333333333336', 3333],
  ])('reads %j exactly', (decimal, amount) => {
    expect(moneyFromDecimal(decimal, 'GBP')).toEqual(pence(amount))
  })

  test.each([
    ['0.005', 0],
    ['0.015', 2],
    ['0.025', 2],
    ['0.0250000001', 3],
    ['1.005', 100],
    ['-0.015', -2],
    ['-0.025', -2],
  ])('rounds %s half to even', (decimal, amount) => {
    expect(moneyFromDecimal(decimal, 'GBP').amount).toBe(amount)
  })

  test('never gives minus zero', () => {
    expect(Object.is(moneyFromDecimal('-0.001', 'EUR').amount, 0)).toBe(true)
    expect(Object.is(scaleMoney(pence(-1), 1, 3).amount, 0)).toBe(true)
  })

  test.each([
    '',
    ' ',
    '.5',
    '5.',
    '1e3',
    '1,000.00',
    '£5',
    '0x10',
    '+1',
    '--1',
    '1 2',
    'NaN',
    '12345678901234',
  ])('refuses %j', decimal => {
    expect(() => moneyFromDecimal(decimal, 'GBP')).toThrow(RangeError)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7])('refuses the number %s', decimal => {
    expect(() => moneyFromDecimal(decimal, 'GBP')).toThrow(RangeError)
  })

  test('says nothing of the text that it refuses', () => {
    expect(() => moneyFromDecimal('secret-4711', 'GBP')).toThrow(/^not a decimal amount$/)
  })

  test('reads back every amount that it writes', () => {
    fc.assert(
      fc.property(amounts, amount => {
        expect(moneyFromDecimal(decimalFromMoney(pence(amount)), 'GBP')).toEqual(pence(amount))
      }),
    )
  })

  test('rounds any decimal as integer arithmetic does', () => {
    const parts = fc.tuple(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 10n - 1n), fc.boolean())
    fc.assert(
      fc.property(parts, ([whole, fraction, negative]) => {
        const text = `${negative ? '-' : ''}${whole}.${String(fraction).padStart(10, '0')}`
        const exact = (whole * 10n ** 10n + fraction) * (negative ? -1n : 1n)
        expect(BigInt(moneyFromDecimal(text, 'GBP').amount)).toBe(divideHalfEven(exact * 100n, 10n ** 10n))
      }),
    )
  })
})

describe('scaleMoney', () => {
  test('rounds any fraction once, half to even, as integer arithmetic does', () => {
    const factor = fc.integer({ min: -10_000, max: 10_000 })
    const divisor = fc.integer({ min: -10_000, max: 10_000 }).filter(value => value !== 0)
    fc.assert(
      fc.property(amounts, factor, divisor, (amount, numerator, denominator) => {
        fc.pre(Math.abs((amount * numerator) / denominator) < Number.MAX_SAFE_INTEGER)
        const exact = divideHalfEven(BigInt(amount) * BigInt(numerator), BigInt(denominator))
        expect(BigInt(scaleMoney(pence(amount), numerator, denominator).amount)).toBe(exact)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    [1, 1, 2, 0],
    [3, 1, 2, 2],
    [-1, 1, 2, 0],
    [-3, 1, 2, -2],
    [5, -1, 2, -2],
    [7, 1, -2, -4],
  ])('halves meet at the even penny: %i × %i ÷ %i is %i', (amount, numerator, denominator, scaled) => {
    expect(scaleMoney(pence(amount), numerator, denominator)).toEqual(pence(scaled))
  })

  test('refuses a result that a number cannot hold exactly', () => {
    expect(() => scaleMoney(pence(Number.MAX_SAFE_INTEGER), 2)).toThrow(RangeError)
  })

  test('a month at 140 pounds is 32.31 a week', () => {
    expect(perWeek(pounds(14_000))).toEqual(pence(3_231))
  })
})

describe('addMoney', () => {
  test('adds without a rest', () => {
    expect(addMoney(pence(10), pence(20))).toEqual(pence(30))
  })

  test('refuses to mix currencies', () => {
    expect(() => addMoney(pence(1), { amount: 1, currency: 'EUR' })).toThrow('currencies differ')
  })

  test('refuses a sum that is not exact', () => {
    expect(() => addMoney(pence(Number.MAX_SAFE_INTEGER), pence(1))).toThrow(RangeError)
  })
})
