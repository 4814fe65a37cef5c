/** Somebody to be contacted, kept apart from others by a number. */
export function contact(number = 1, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    first_name: 'Jane',
    last_name: `Smith${number}`,
    email: `jane.smith${number}@example.com`,
    phone: `0770090012${number}`,
    ...changes,
  }
}

/** A lead that every provider takes. */
export function leadRequest(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    address: {
      line_1: '5 Media Exchange',
      line_2: 'Coquet Street',
      city: 'Newcastle upon Tyne',
      county: 'Tyne and Wear',
      postcode: 'ne12qb',
    },
    tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
    tenants: [contact()],
    ...changes,
  }
}

/** The same lead at another postcode; the simulators' magic ones choose the outcome. */
export function leadAt(postcode: string, changes: Readonly<Record<string, unknown>> = {}) {
  return leadRequest({ address: { line_1: '1 Test Lane', city: 'London', postcode }, ...changes })
}
