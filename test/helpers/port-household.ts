import type { Household, ProviderAddress } from '#providers/port/quotes'

export const mediaExchange: ProviderAddress = {
  line_1: '5 Media Exchange',
  line_2: 'Coquet Street',
  city: 'Newcastle upon Tyne',
  county: 'Tyne and Wear',
  postcode: 'NE1 2QB',
  address_id: null,
  uprn: null,
  umprn: null,
  udprn: null,
  nation: 'england',
}

/** Four professionals who all pay, for twelve months; a test says what is different. */
export function household(different: Partial<Household> = {}): Household {
  return {
    address: mediaExchange,
    occupants: 4,
    bill_payers: 4,
    household_type: 'professional',
    responsibility: 'tenant',
    tenancy: { start_date: '2026-09-01', end_date: '2027-08-31' },
    services: ['electricity', 'gas', 'water', 'broadband'],
    coupon: null,
    ...different,
  }
}
