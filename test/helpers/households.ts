/** A household that every quoting provider serves. */
export function household(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    address: {
      line_1: '5 Media Exchange',
      line_2: 'Coquet Street',
      city: 'Newcastle upon Tyne',
      county: 'Tyne and Wear',
      postcode: 'ne12qb',
    },
    occupants: 4,
    household_type: 'student',
    tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
    ...changes,
  }
}

/** The same household at another postcode; the simulators' magic ones choose the outcome. */
export function householdAt(postcode: string, changes: Readonly<Record<string, unknown>> = {}) {
  return household({ address: { line_1: '1 Test Lane', city: 'London', postcode }, ...changes })
}
