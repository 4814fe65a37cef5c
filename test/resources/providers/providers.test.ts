import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { household } from '#test/households'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe('GET /v1/providers', () => {
  test('lists the four providers and how each is reached', async () => {
    const { body } = await gateway.api('GET /v1/providers')
    const states = body.data.map((provider: { id: string; connection: { state: string } }) => [
      provider.id,
      provider.connection.state,
    ])
    expect(states).toEqual([
      ['homebox', 'simulated'],
      ['housr', 'simulated'],
      ['one_utility_bill', 'simulated'],
      ['mybeezbox', 'simulated'],
    ])
  })

  test('derives what a provider can do from its adapter', async () => {
    const { body } = await gateway.api('GET /v1/providers/one_utility_bill')
    expect(body.capabilities).toContainEqual({
      operation: 'quotes.create',
      effect: 'repeatable',
      reconcile: null,
      side_effects: [],
      baseline: true,
    })
    expect(body.rate_limit).toEqual({ limit: 25, window_ms: 10_000 })
  })

  test('shows when a provider last answered', async () => {
    await gateway.api('POST /v1/quotes', { body: household() })
    const { body } = await gateway.api('GET /v1/providers/homebox')
    expect(body).toMatchObject({ circuit: 'closed', last_success_at: expect.stringMatching(/Z$/) })
  })

  test('does not know a fifth one', async () => {
    const { detail } = expectProblem(await gateway.api('GET /v1/providers/british_gas'), 'not_found')
    expect(detail).toBe(
      'There is no such resource: provider must be one of homebox, housr, one_utility_bill, mybeezbox.',
    )
  })
})
