import { expect, onTestFinished, test } from 'vitest'
import { createWorld, type Service, until, type World } from '#test/crash-world'
import { household } from '#test/households'

/** Of One Utility Bill's sandbox, in any ten seconds. */
const ALLOWED = 25

const body = household({ providers: ['one_utility_bill'] })
const quotes = ({ call }: Service, count: number) =>
  Array.from({ length: count }, () => call('POST /v1/quotes', { body }))

async function strictWorld(): Promise<World> {
  return createWorld(undo => onTestFinished(undo), { limit: { requests: ALLOWED, seconds: 10 } })
}

const received = ({ simulators }: World) => simulators.one_utility_bill.requests()
/** Those that the provider did not refuse as too many. */
const carriedOut = ({ simulators }: World) => simulators.one_utility_bill.count('quotes.create')

/** Asks for more at once than is allowed, until so much has been sent: a busy machine does not always come to it at once. */
async function useUp(world: World, ask: () => Promise<unknown>[]): Promise<void> {
  await until('the allowance', async () => {
    await Promise.all(ask())
    return received(world).length >= ALLOWED || null
  })
}

/** Two processes have to start. */
const patience = { timeout: 120_000 }

test(
  'two processes send what their provider allows the two of them together, and not one call more',
  patience,
  async () => {
    const world = await strictWorld()
    const [one, other] = [await world.start(), await world.start()]
    await useUp(world, () => [...quotes(one, 40), ...quotes(other, 40)])
    expect(received(world).filter(({ path }) => path === '/oauth/token')).toHaveLength(1)
    expect(carriedOut(world)).toBe(received(world).length - 1)
  },
)

test('what a process has sent counts after it was killed', patience, async () => {
  const world = await strictWorld()
  const [one, other] = [await world.start(), await world.start()]
  world.simulators.one_utility_bill.arm({ fault: 'hang', operation: 'quotes.create', times: 10 })
  const lost = Promise.allSettled(quotes(one, 10))
  await until('ten calls under way', () => (received(world).length === 11 ? true : null))
  await one.kill()
  await lost
  await useUp(world, () => quotes(other, 40))
  expect(carriedOut(world)).toBe(received(world).length - 11)
})
