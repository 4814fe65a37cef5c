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
