import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  dataList,
  dataObject,
  fromHomeboxHouseholdType,
  fromHomeboxPostcode,
  HomeboxId,
  Pounds,
  toHomeboxHouseholdType,
  toHomeboxPostcode,
} from '#providers/homebox/dialect'
import { decimalFromMoney } from '#values/money'

describe('Homebox money', () => {
  it.each([
    ['101.5', 10150],
    ['80.00', 8000],
    ['7.33', 733],
    ['0', 0],
    [22, 2200],
  ])('reads %j as %i pence', (decimal, amount) => {
    expect(Pounds.parse(decimal)).toEqual({ amount, currency: 'GBP' })
  })

  it.each(['', 'free', '1,000.00', '£5', null, true, '1e3'])('refuses %j instead of guessing', decimal => {
    expect(Pounds.safeParse(decimal).success).toBe(false)
  })

  it('comes back as it went, to the penny', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), amount => {
        expect(Pounds.parse(decimalFromMoney({ amount, currency: 'GBP' })).amount).toBe(amount)
      }),
    )
  })
})

describe('Homebox words', () => {
  it('reads ids as text, sent as number or as text', () => {
    expect(HomeboxId.parse(35)).toBe('35')
    expect(HomeboxId.parse('1')).toBe('1')
    expect(HomeboxId.safeParse(1.5).success).toBe(false)
  })

  it('says professional-tenant for professionals, both ways', () => {
    expect(toHomeboxHouseholdType('professional')).toBe('professional-tenant')
    expect(fromHomeboxHouseholdType('professional-tenant')).toBe('professional')
    expect(fromHomeboxHouseholdType(toHomeboxHouseholdType('student'))).toBe('student')
    expect(fromHomeboxHouseholdType('family')).toBeNull()
  })

  it('writes postcodes without a space and reads them back with one', () => {
    expect(toHomeboxPostcode('SW15 5PU')).toBe('SW155PU')
    expect(fromHomeboxPostcode('EC1V2NX')).toBe('EC1V 2NX')
    expect(fromHomeboxPostcode('OX84 1DD, UK')).toBe('OX84 1DD, UK')
  })
})

describe('Homebox data', () => {
  const Answer = z.object({ data: dataList(z.array(z.object({ id: HomeboxId }))) })

  it('takes one object where a list is expected', () => {
    expect(Answer.parse({ data: { id: 1 } })).toEqual({ data: [{ id: '1' }] })
    expect(Answer.parse({ data: [{ id: 1 }, { id: 2 }] })).toEqual({ data: [{ id: '1' }, { id: '2' }] })
  })

  it('does not take a missing list for an empty one', () => {
    expect(Answer.safeParse({}).success).toBe(false)
    expect(Answer.safeParse({ data: null }).success).toBe(false)
  })

  it('takes a list of one where an object is expected, and no other list', () => {
    const One = z.object({ data: dataObject(z.object({ id: HomeboxId })) })
    expect(One.parse({ data: [{ id: 1 }] })).toEqual({ data: { id: '1' } })
    expect(One.parse({ data: { id: 1 } })).toEqual({ data: { id: '1' } })
    expect(One.safeParse({ data: [{ id: 1 }, { id: 2 }] }).success).toBe(false)
    expect(One.safeParse({ data: [] }).success).toBe(false)
  })
})
