import { describe, expect, it } from 'vitest'
import { inHousemates, PriceRows, statedFor } from '#providers/homebox/prices'

const row = (housemates: number | string, price_total: string | null) => ({
  housemates,
  price_total,
  price_per_housemate: null,
})
const totalFor = (housemates: number, ...rows: readonly unknown[]) =>
  statedFor(PriceRows.parse(rows), housemates, 'price_total')

describe('the rows of prices by size of household', () => {
  it('count only where they can be read', () => {
    expect(PriceRows.parse([null, row('many', '1.00'), 'x', row('4', '40.00')])).toEqual([
      { housemates: 4, price_total: { amount: 4000, currency: 'GBP' }, price_per_housemate: null },
    ])
  })

  it.each([null, undefined, 'none', {}])('are none in %j', rows => {
    expect(PriceRows.parse(rows)).toEqual([])
  })

  it('state a price for exactly so many', () => {
    expect(totalFor(4, row(3, '30.00'), row(4, '40.00'))).toEqual({ amount: 4000, currency: 'GBP' })
    expect(totalFor(5, row(3, '30.00'), row(4, '40.00'))).toBeNull()
  })

  it('may say the same twice, but state nothing where they contradict each other', () => {
    expect(totalFor(4, row(4, '40.00'), row(4, '40.0'))?.amount).toBe(4000)
    expect(totalFor(4, row(4, '40.00'), row(4, '41.00'))).toBeNull()
    expect(totalFor(4, row(4, '40.00'), row(4, null))).toBeNull()
    expect(totalFor(4, row(4, null), row(4, '40.00'))).toBeNull()
  })
})

describe('the size of a household', () => {
  it('is said in housemates', () => {
    expect([1, 2].map(occupants => inHousemates({ occupants, bill_payers: 1 }))).toEqual([
      '1 housemate',
      '2 housemates',
    ])
  })
})
