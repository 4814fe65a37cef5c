import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ShownOperations } from '#test/cli-output'
import { runCli } from '#test/cli-process'
import { startTestGateway, TEST_ENCRYPTION_KEY, type TestGateway } from '#test/gateway'
import { seedKey } from '#test/seed'
import { type RunningSimulators, startSimulators } from '#simulators/index'
import { newId } from '#values/ids'

let housr: RunningSimulators['housr']
let stop: () => Promise<void>
let gateway: TestGateway
let url: string
/** What the service runs with, so that a command is in its place. */
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  const simulators = await startSimulators()
  housr = simulators.housr
  stop = simulators.stop
  const environment = { HOUSR_BASE_URL: housr.url, HOUSR_API_KEY: housr.credentials['api_key'] ?? '' }
  gateway = await startTestGateway({ environment })
  env = {
    ...environment,
    DATABASE_URL: gateway.database.url,
    BILLBRIDGE_ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    BILLBRIDGE_API_KEY: gateway.key,
  }
  url = await gateway.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await gateway.close()
  await stop()
})

const operations = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  runCli(['operations', ...args], { env: { ...env, ...more } })

let orders = 0

function orderBody() {
  orders += 1
  const tenant = { first_name: 'Dev', last_name: 'Patel', phone: '07700 900104', date_of_birth: '2000-01-01' }
  return {
    provider: 'housr',
    product: 'bills_package',
    services: ['energy', 'water'],
    address: { line_1: `${orders} Chapel Lane`, city: 'Leeds', postcode: 'LS6 3AA' },
    occupants: 1,
    tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
    tenants: [{ ...tenant, email: `dev.patel${orders}@example.com` }],
  }
}

/** Orders at Housr, which is cut off before it takes the order: nobody knows that it did not. */
async function loseOrder(): Promise<{ order: string; operation: string }> {
  housr.arm({ fault: 'cut-before', operation: 'bills-packages.create', times: 1 })
  const { status, body } = await gateway.api('POST /v1/orders', { body: orderBody() })
  expect(status).toBe(202)
  // Refusals are answers: without them the circuit would open on a provider that only ever breaks off.
  housr.arm({ fault: 'refused', operation: 'bills-packages.create', times: 2 })
  for (const refused of [orderBody(), orderBody()])
    expect((await gateway.api('POST /v1/orders', { body: refused })).status).toBe(422)
  return { order: body.id, operation: body.steps[0].operation_id }
}

const stateOf = async (operation: string) => (await gateway.api(`GET /v1/operations/${operation}`)).body.state

describe.each(['service', 'database'])('through the %s, operations', place => {
  const where = () => (place === 'service' ? ['--url', url] : [])

  test('are listed as the API lists them, the unknown ones unless others are asked for', async () => {
    await loseOrder()
    const listed = await operations(['list', '--json', ...where()])
    const unknown = (await gateway.api('GET /v1/operations?state=unknown')).body
    expect(listed).toMatchObject({ code: 0, stderr: [] })
    expect(listed.json()).toEqual(unknown)
  })

  test('that happened are settled; saying so again changes nothing', async () => {
    const { order, operation } = await loseOrder()
    const said = [
      'resolve',
      operation,
      '--happened',
      '--provider-id',
      `h-${order}`,
      '--note',
      'Asked',
      ...where(),
    ]
    const first = await operations(said)
    const words = `${operation} is settled (orders.create at housr for ${order}).`
    expect(first).toMatchObject({ code: 0, stdout: words, stderr: [] })
    expect(await operations(said)).toMatchObject({ code: 0, stdout: words })
    expect((await gateway.api(`GET /v1/orders/${order}`)).body.status).toBe('pending')
    const { rows } = await gateway.services.database.sql.query<{ note: string }>(
      `SELECT data ->> 'note' AS note FROM audit_entries WHERE data ->> 'resource' = $1 AND actor_key_id IS NOT NULL`,
      [order],
    )
    expect(rows).toEqual([{ note: 'Asked' }])
  })

  test('that did not happen are sent again', async () => {
    const { operation } = await loseOrder()
    const before = housr.count('bills-packages.create')
    const { code, stdout } = await operations([
      'resolve',
      operation,
      '--did-not-happen',
      '--send-again',
      ...where(),
    ])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/ was sent again \(.*\): succeeded\.$/),
    })
    expect(housr.count('bills-packages.create')).toBe(before + 1)
    expect(await stateOf(operation)).toBe('succeeded')
  })

  test('that are settled otherwise already are a failure in one line', async () => {
    const { operation } = await loseOrder()
    const body = { outcome: 'did_not_happen' }
    expect((await gateway.api(`POST /v1/operations/${operation}/resolve`, { body })).status).toBe(200)
    const otherwise = await operations(['resolve', operation, '--happened', ...where()])
    expect(otherwise.code).toBe(1)
    expect(otherwise.stderr).toEqual([
      expect.stringMatching(/^billbridge: The operation is .*\(state_conflict/),
    ])
  })
})

test('a person reads a line for each operation', async () => {
  const { order, operation } = await loseOrder()
  const { stdout } = await operations(['list', '--state', 'all', '--resource', order])
  const [titles, row, ...others] = stdout.split('\n')
  expect(titles).toMatch(/^id +age +state +provider +operation +resource +hint$/)
  expect(row).toMatch(
    new RegExp(`^${operation}  \\d+ s +unknown  housr +orders\\.create  ${order}  Housr shows no contracts`),
  )
  expect(others).toEqual([])
})

test('an operation that is sent again and lost again ends with 1', async () => {
  const { operation } = await loseOrder()
  housr.arm({ fault: 'cut-before', operation: 'bills-packages.create', times: 1 })
  const args = ['resolve', operation, '--did-not-happen', '--send-again', '--json', '--url', url]
  const { code, json } = await operations(args)
  expect(code).toBe(1)
  expect(json()).toMatchObject({ id: operation, state: 'unknown', attempts: 2 })
})

test('an operation that nobody knows is a failure in one line', async () => {
  const { code, stderr } = await operations(['resolve', newId('operation'), '--happened', '--url', url])
  expect(code).toBe(1)
  expect(stderr).toEqual([
    expect.stringMatching(/^billbridge: There is no such operation\. \(not_found, req_/),
  ])
})

test('a page leads to the next', async () => {
  await loseOrder()
  await loseOrder()
  const first = (await operations(['list', '--limit', '1'])).stdout
  const cursor = /--cursor (\S+)$/.exec(first)?.[1] ?? ''
  const second = await operations(['list', '--limit', '1', '--cursor', cursor, '--json'])
  const all = (await gateway.api('GET /v1/operations?state=unknown&limit=2')).body.data
  expect(first).toContain(all[0].id)
  expect(ShownOperations.parse(second.json()).data).toEqual([all[1]])
})

describe.concurrent('a command that cannot reach the operations says so in a line:', () => {
  test('nobody answers at the address', async () => {
    const { code, stderr } = await operations(['list', '--url', 'http://127.0.0.1:1'])
    expect(code).toBe(1)
    expect(stderr).toEqual([
      expect.stringMatching(/^billbridge: No service answers at http:\/\/127\.0\.0\.1:1: /),
    ])
  })

  test('somebody else answers there', async () => {
    const { code, stderr } = await operations(['list', '--url', housr.url])
    expect(code).toBe(1)
    expect(stderr).toEqual([`billbridge: ${housr.url} answers 401, and not as Billbridge does.`])
  })

  test('no key is known', async () => {
    const { code, stderr } = await runCli(['operations', 'list', '--url', url])
    expect(code).toBe(1)
    expect(stderr).toEqual([`billbridge: No key for ${url} is known: set BILLBRIDGE_API_KEY.`])
  })

  test('the key may not', async () => {
    const { key } = await seedKey(gateway, { scopes: ['quotes:read'] })
    const { code, stderr } = await operations(['list', '--url', url], { BILLBRIDGE_API_KEY: key })
    expect(code).toBe(1)
    expect(stderr).toEqual([expect.stringMatching(/lacks the scope operations:read\. \(forbidden, req_/)])
  })

  test('the encryption key is not that of the database', async () => {
    const other = { BILLBRIDGE_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64') }
    const { code, stderr } = await operations(['list'], other)
    expect(code).toBe(1)
    expect(stderr).toEqual([
      expect.stringMatching(/^billbridge: BILLBRIDGE_ENCRYPTION_KEY is not a key that /),
    ])
  })

  test('the database is away', async () => {
    const { code, stderr } = await operations(['list'], {
      DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/x',
    })
    expect(code).toBe(1)
    expect(stderr).toEqual([expect.stringMatching(/^billbridge: The database cannot be used: (?!.*hunter2)/)])
  })
})

test('simulated providers are left to the service', async () => {
  const simulated = { HOUSR_BASE_URL: '', HOUSR_API_KEY: '' }
  const { operation } = await loseOrder()
  const { code, stderr } = await operations(['resolve', operation, '--did-not-happen'], simulated)
  expect(code).toBe(1)
  expect(stderr).toEqual([
    'billbridge: The simulated providers belong to the service: start it and give --url.',
  ])
  expect(await stateOf(operation)).toBe('unknown')
})
