import { describe, expect, test } from 'vitest'
import type { ProviderBills } from '#providers/port/bills'
import { addsUp } from '#resources/orders/bills/adds-up'

const gbp = (amount: number) => ({ amount, currency: 'GBP' as const })

function bill(pence: number): ProviderBills['bills'][number] {
  return {
    id: '1',
    type: 'water',
    name: null,
    supplier: null,
    state: 'other',
    provider_state: null,
    set_up_on: null,
    installation_on: null,
    price_per_person_per_month: gbp(pence),
    logo_url: null,
  }
}

function stated(prices: readonly number[], changes: Partial<ProviderBills> = {}): ProviderBills {
  return {
    bills: prices.map(bill),
    service_charge: gbp(1200),
    service_charge_per_person: gbp(400),
    total: gbp(6000),
    total_per_bill_payer: gbp(3000),
    next_payment_on: null,
    ...changes,
  }
}

/** £10 and £6 each for three, and £4 each of service charge: £60 for two who pay. */
const household = { occupants: 3, bill_payers: 2 }

describe('totals add up', () => {
  test('to the penny', () => {
    expect(addsUp(stated([1000, 600]), household)).toBe(true)
  })

  test.each([
    [-3, true],
    [3, true],
    [-4, false],
    [4, false],
  ])('when they are %i pence off for rounded shares of two bills for three: %s', (off, expected) => {
    const total = gbp(6000 + off)
    const each = gbp(Math.round((6000 + off) / 2))
    expect(addsUp(stated([1000, 600], { total, total_per_bill_payer: each }), household)).toBe(expected)
  })

  test.each<[string, Partial<ProviderBills>]>([
    ['the total', { total: gbp(6100), total_per_bill_payer: gbp(3050) }],
    ['the share of a payer', { total_per_bill_payer: gbp(3002) }],
    ['the share of the service charge', { service_charge_per_person: gbp(402) }],
  ])('not when %s is another one', (_name, changes) => {
    expect(addsUp(stated([1000, 600], changes), household)).toBe(false)
  })

  test('not for another household', () => {
    expect(addsUp(stated([1000, 600]), { occupants: 4, bill_payers: 2 })).toBe(false)
  })

  test.each(['service_charge', 'service_charge_per_person', 'total_per_bill_payer'] as const)(
    'or not, which nobody can tell without %s',
    field => {
      expect(addsUp(stated([1000, 600], { [field]: null }), household)).toBeNull()
    },
  )
})
