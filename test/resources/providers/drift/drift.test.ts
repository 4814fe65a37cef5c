import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { sweep } from '#jobs/sweep'
import type { FaultName } from '#simulators/core/faults'
import { magicPostcode } from '#simulators/core/magic'
import { sing } from '#test/canary-traffic'
import { cellsOf } from '#test/database-cells'
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '#test/gateway'
import { householdAt } from '#test/households'
import { seedKey } from '#test/seed'

const NOON = new Date('2026-11-21T12:00:00.000Z')
const EVENTS = 'GET /v1/events?type=provider.contract_drift'

/** A gateway of its own, since the first answer of every operation of a process is looked at. */
async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = await startTestGateway({ now: () => NOON, ...options })
  onTestFinished(() => gateway.close())
  return gateway
}

function quoteWith({ api }: TestGateway, fault: FaultName, key?: string) {
  const body = householdAt(magicPostcode('quote', 'homebox', fault))
  return api('POST /v1/quotes', { body, ...(key === undefined ? {} : { key }) })
}

const driftOf = async ({ api }: TestGateway) =>
  (await api('GET /v1/providers/homebox/drift?limit=100')).body.data

/** What Homebox's renamed field comes to, in the order in which it is found. */
const RENAMED = ['bills', 'addons'].flatMap(list => {
  const prices = `$.packages[].${list}[].prices[]`
  return [
    { path: `${prices}.price_per_tenant`, kind: 'new', expected: null, found: 'string' },
    { path: `${prices}.price_per_housemate`, kind: 'missing', expected: 'string', found: null },
  ]
})
const seen = { provider: 'homebox', operation: 'quotes.create', endpoint: 'GET /api/partner/packages' }

describe('a field that a provider calls by another name', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway({ now: () => NOON })
    await quoteWith(gateway, 'renamed-field')
    await gateway.services.drift.flush()
  })
  afterAll(() => gateway.close())

  test('is listed, the latest found first', async () => {
    const at = { first_seen_at: NOON.toISOString(), last_seen_at: NOON.toISOString() }
    const lines = RENAMED.map(line => ({
      object: 'contract_drift',
      mode: 'test',
      ...seen,
      ...line,
      count: 1,
      ...at,
    }))
    expect(await driftOf(gateway)).toEqual(lines.toReversed())
  })

  test('is listed in pages', async () => {
    const all = await driftOf(gateway)
    const route = 'GET /v1/providers/homebox/drift?limit=3'
    const first = (await gateway.api(route)).body
    expect(first).toMatchObject({ data: all.slice(0, 3), has_more: true })
    const second = (await gateway.api(`${route}&cursor=${first.next_cursor}`)).body
    expect(second).toEqual({ object: 'list', data: all.slice(3), has_more: false, next_cursor: null })
  })

  test('is an event of the connection', async () => {
    const { body } = await gateway.api(EVENTS)
    const told = body.data.map(({ data }: { data: unknown }) => data)
    expect(told).toEqual(RENAMED.map(line => ({ ...seen, ...line })).toReversed())
    const { connection } = (await gateway.api('GET /v1/providers/homebox')).body
    expect(body.data[0]).toMatchObject({ mode: 'test', resource: connection.id })
  })

  test.each(['new', 'missing'])('is counted in the metrics: %s', async kind => {
    const labels = `provider="homebox",operation="quotes.create",kind="${kind}"`
    const metrics = await gateway.services.metrics.registry.metrics()
    expect(metrics).toContain(`billbridge_contract_drift_total{${labels}} 2`)
  })

  test('is logged', () => {
    expect(gateway.logs.filter(line => line.includes('provider contract drift'))).toHaveLength(4)
  })

  test('is shown to whoever has a connection of its own, not to who is lent one', async () => {
    const { key } = await seedKey(gateway)
    const { status, body } = await gateway.api('GET /v1/providers/homebox/drift', { key })
    expect([status, body.code]).toEqual([422, 'provider_not_connected'])
  })

  test.each([
    ['GET /v1/providers/british_gas/drift', 'not_found'],
    ['GET /v1/providers/homebox/drift?kind=new', 'validation_failed'],
    ['GET /v1/providers/homebox/drift?cursor=x', 'malformed_request'],
  ] as const)('is not to be had as %s', async (route, code) => {
    expect((await gateway.api(route)).body.code).toBe(code)
  })
})

describe('the answer to the call', () => {
  test('is what it is without the new fields', async () => {
    const gateway = await startGateway()
    const { body } = await quoteWith(gateway, 'extra-fields')
    expect(body.status).toBe('complete')
    expect(body.providers[0]).toMatchObject({ provider: 'homebox', status: 'ok', offer_count: 4 })
    const paths = (await driftOf(gateway)).map(({ path }: { path: string }) => path.split('.').at(-1))
    expect(paths.length).toBeGreaterThan(3)
    expect(new Set(paths)).toEqual(new Set(['added_in_2031']))
  })

  test('that cannot be used is the same problem as ever, and is looked at all the same', async () => {
    const { api } = await startGateway()
    const postcode = magicPostcode('quote', 'one_utility_bill', 'renamed-field')
    const { body } = await api('POST /v1/quotes', { body: householdAt(postcode) })
    const error = { code: 'provider_error', retryable: true }
    expect(body.providers[1]).toMatchObject({ provider: 'one_utility_bill', status: 'error', error })
    const drift = (await api('GET /v1/providers/one_utility_bill/drift')).body.data
    expect(drift).toContainEqual(expect.objectContaining({ kind: 'missing', operation: 'quotes.create' }))
  })

  test('that is in order leaves no line, whatever is asked', async () => {
    const { api, services } = await startGateway()
    await sing(api, null)
    await services.drift.flush()
    const { rows } = await services.database.sql.query('SELECT operation, path, kind FROM contract_drifts')
    expect(rows).toEqual([])
  })
})

test('what is seen again, by whichever process, is counted and not told of again', async () => {
  const gateway = await startGateway()
  await quoteWith(gateway, 'renamed-field')
  await gateway.services.drift.flush()
  const later = new Date('2026-11-22T08:00:00.000Z')
  const { database, simulators, key } = gateway
  const environment = { BILLBRIDGE_API_KEY: key }
  const next = await startTestGateway({ database, simulators, environment, now: () => later })
  await quoteWith(next, 'renamed-field')
  await next.close()
  const [line, ...others] = await driftOf(gateway)
  expect(others).toHaveLength(3)
  const at = { first_seen_at: NOON.toISOString(), last_seen_at: later.toISOString() }
  expect(line).toMatchObject({ count: 2, ...at })
  expect((await gateway.api(EVENTS)).body.data).toHaveLength(4)
})

test('what is seen over a lent connection is told to its owner alone', async () => {
  const gateway = await startGateway()
  const { key } = await seedKey(gateway)
  await quoteWith(gateway, 'renamed-field', key)
  expect(await driftOf(gateway)).toHaveLength(4)
  expect((await gateway.api(EVENTS)).body.data).toHaveLength(4)
  expect((await gateway.api(EVENTS, { key })).body.data).toEqual([])
})

test('a line is forgotten ninety days after it was seen last', async () => {
  const gateway = await startGateway()
  await quoteWith(gateway, 'renamed-field')
  await gateway.services.drift.flush()
  const swept = (days: number) =>
    sweep(gateway.services.database.sql, new Date(NOON.getTime() + days * 86_400_000))
  expect((await swept(89))['contract_drifts']).toBe(0)
  expect((await swept(91))['contract_drifts']).toBe(4)
})

test('nothing that a provider said stands in a line, an event or a log', async () => {
  const gateway = await startGateway()
  const query = encodeURIComponent(magicPostcode('address', 'homebox', 'extra-fields'))
  const { body } = await gateway.api(`GET /v1/addresses?query=${query}`)
  const said: string[] = body.data.flatMap((one: { address_id: string; label: string }) => [
    one.address_id,
    one.label,
  ])
  expect(said.length).toBeGreaterThan(1)
  expect(await driftOf(gateway)).not.toEqual([])
  const cells = await cellsOf(gateway.services.database.sql)
  const kept = cells
    .filter(({ column }) => /^(contract_drifts|events)\./.test(column))
    .map(({ text }) => text)
  expect(kept.length).toBeGreaterThan(10)
  const told = gateway.logs.filter(line => line.includes('drift'))
  const text = [...kept, ...told].join('\n')
  expect(said.filter(value => text.includes(value))).toEqual([])
})
