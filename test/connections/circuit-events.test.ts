import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDatabase } from '#db/client'
import { magicPostcode } from '#simulators/core/magic'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { household, householdAt } from '#test/households'
import { PATIENCE } from '#test/patience'

let one: TestGateway
let others: TestGateway[]
beforeEach(async () => {
  one = await startTestGateway()
  others = []
})
afterEach(async () => {
  for (const other of others) await other.close()
  await one.close()
})

/** A further process on the same database, with the same providers. */
async function another(): Promise<TestGateway> {
  const { database, simulators, key } = one
  const started = await startTestGateway({ database, simulators, environment: { BILLBRIDGE_API_KEY: key } })
  others.push(started)
  return started
}

const failing = householdAt(magicPostcode('quote', 'homebox', 'error'))
const circuitOf = async ({ api }: TestGateway) => (await api('GET /v1/providers/homebox')).body.circuit

async function events(): Promise<{ type: string; resource: string; data: unknown; sequence: number }[]> {
  const { body } = await one.api('GET /v1/events?limit=100')
  return body.data.filter(({ type }: { type: string }) => type.startsWith('provider.'))
}

async function pauseIsOver(): Promise<void> {
  const database = createDatabase({ connectionString: one.database.url })
  await database.sql.query(
    `UPDATE provider_ledgers SET state = jsonb_set(state, '{openUntil}', '0') WHERE kind = 'circuit'`,
  )
  await database.close()
}

test('the owner of a connection is told once that its provider is not called and that it is called again', async () => {
  const beside = await another()
  for (let count = 0; count < 4; count += 1) {
    await one.api('POST /v1/quotes', { body: failing })
    await beside.api('POST /v1/quotes', { body: failing })
  }
  expect([await circuitOf(one), await circuitOf(beside)]).toEqual(['open', 'open'])
  const { id: connection } = (await one.api('GET /v1/providers/homebox')).body.connection
  const event = {
    object: 'event',
    mode: 'test',
    resource: connection,
    data: { provider: 'homebox', connection },
  }
  const opened = { ...event, type: 'provider.circuit_opened', sequence: 1 }
  await vi.waitFor(async () => expect(await events()).toMatchObject([opened]), PATIENCE)

  await pauseIsOver()
  const later = await another()
  expect(await circuitOf(later)).toBe('open')
  for (let count = 0; count < 2; count += 1) await later.api('POST /v1/quotes', { body: household() })
  expect(await circuitOf(later)).toBe('closed')
  const closed = { ...event, type: 'provider.circuit_closed', sequence: 2 }
  await vi.waitFor(async () => expect(await events()).toMatchObject([closed, opened]), PATIENCE)
})

test('metrics count the credentials that are not used, and what is left of the window', async () => {
  for (let count = 0; count < 4; count += 1) await one.api('POST /v1/quotes', { body: failing })
  const metrics = await one.services.metrics.registry.metrics()
  expect(metrics).toContain('billbridge_provider_circuit_open{provider="homebox"} 1')
  expect(metrics).toContain('billbridge_provider_circuit_open{provider="housr"} 0')
  expect(metrics).toMatch(
    /billbridge_rate_limit_budget_remaining\{provider="one_utility_bill"\} (1\d|2[0-5])\n/,
  )
  expect(metrics).not.toMatch(/billbridge_rate_limit_budget_remaining\{provider="homebox"\}/)
})
