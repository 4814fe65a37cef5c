import type { ProviderBills } from '#providers/port/bills'

interface Household {
  readonly occupants: number
  readonly bill_payers: number
}

/** Every share is rounded to the penny, so that `shares` of them are off by half a penny each at most. */
function isWithin(difference: number, shares: number): boolean {
  return Math.abs(difference) * 2 <= shares
}

/**
 * Whether the stated totals are what bills and service charge come to for this household (Homebox, chapter "Calculating
 * Prices"), but for rounding, in pence. Null where too little is stated to tell.
 */
export function addsUp(stated: ProviderBills, { occupants, bill_payers }: Household): boolean | null {
  const {
    bills,
    service_charge: charge,
    service_charge_per_person: share,
    total,
    total_per_bill_payer,
  } = stated
  if (!charge || !share || !total_per_bill_payer) return null
  const perPerson = bills.reduce((sum, bill) => sum + bill.price_per_person_per_month.amount, 0)
  return (
    isWithin(total.amount - perPerson * occupants - charge.amount, bills.length * occupants) &&
    isWithin(charge.amount - share.amount * occupants, occupants) &&
    isWithin(total.amount - total_per_bill_payer.amount * bill_payers, bill_payers)
  )
}
