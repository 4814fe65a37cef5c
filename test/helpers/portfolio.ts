import type { TestGateway } from '#test/gateway'

/** What Homebox receives while `work` is done: method and path in one, body. */
export async function heardBy(
  { simulators }: Pick<TestGateway, 'simulators'>,
  work: () => Promise<unknown>,
): Promise<[request: string, body: unknown][]> {
  const before = simulators.homebox.requests().length
  await work()
  const received = simulators.homebox.requests().slice(before)
  return received.map(({ method, path, body }) => [`${method} ${path.replace('/api/partner', '')}`, body])
}

/** A house in London, one of its own for each number. */
export function houseNumber(number: number) {
  return {
    line_1: `${number} Test Lane`,
    city: 'London',
    county: 'Greater London',
    postcode: 'EC1V 2NX',
  }
}

/** A void period in a house of its own, as our API takes it. */
export function voidRequest(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    address: houseNumber(500),
    tenancy: { start_date: '2027-07-01', end_date: '2027-07-15' },
    property_empty: true,
    responsible_tenant: {
      first_name: 'John',
      last_name: 'Doe',
      email: 'john.doe@example.net',
      phone: '+441234567891',
    },
    responsible_address: { line_1: '123 Test', city: 'London', postcode: 'BN10 8UE' },
    ...changes,
  }
}
