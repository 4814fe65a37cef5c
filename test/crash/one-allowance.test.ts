import { expect, onTestFinished, test } from 'vitest'
import { createWorld, type Service, until, type World } from '#test/crash-world'
import { household } from '#test/households'

/** Of One Utility Bill's sandbox, in any ten seconds; nothing here takes that long. */
const ALLOWED = 25

const body = household({ providers: ['one_utility_bill'] })
const quotes = ({ call }: Service, count: number) =>
  Array.from({ length: count }, () => call('POST /v1/quotes', { body }))

async function strictWorld(): Promise<World> {
  return createWorld(undo => onTestFinished(undo), {
    limit: { requests: ALLOWED, seconds: 10 },
    // Nobody waits until the window has moved on.
    environment: { QUOTE_DEADLINE_MS: '3000' },
  })
}

const received = ({ simulators }: World) => simulators.one_utility_bill.requests()
const codeOf = (answer: { body: { providers: { error: { code: string } | null }[] } }) =>
  answer.body.providers[0]?.error?.code ?? 'none'

/** Two processes have to start. */
const patience = { timeout: 60_000 }

test(
  'two processes send what their provider allows the two of them together, and not one call more',
  patience,
  async () => {
    const world = await strictWorld()
    const [one, other] = [await world.start(), await world.start()]
    const answers = await Promise.all([...quotes(one, 40), ...quotes(other, 40)])
    expect(received(world)).toHaveLength(ALLOWED)
    expect(received(world).filter(({ path }) => path === '/oauth/token')).toHaveLength(1)
    expect(answers.map(codeOf).filter(code => code === 'rate_limited').length).toBeGreaterThan(40)
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
  await Promise.all(quotes(other, 40))
  expect(received(world)).toHaveLength(ALLOWED)
})
