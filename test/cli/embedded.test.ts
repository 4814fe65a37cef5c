import { afterAll, beforeAll, expect, test } from 'vitest'
import { ShownFindings, ShownKey, ShownOperations } from '#test/cli-output'
import { type CliResult, runCli } from '#test/cli-process'
import { type LiveGateway, startLiveGateway, temporaryFolder } from '#test/live-gateway'

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

const cli = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })

function findingOf({ json }: CliResult, check: string): string {
  const found = ShownFindings.parse(json()).findings.find(finding => finding.check === check)
  return `${found?.verdict}: ${found?.finding}`
}

/** Housr takes the order, and its answer is lost. */
async function loseOrder(gateway: LiveGateway): Promise<string> {
  const dev = { first_name: 'Dev', last_name: 'Patel', phone: '07700 900104', date_of_birth: '2000-01-01' }
  const answer = await gateway.call('POST', '/v1/orders', {
    provider: 'housr',
    product: 'bills_package',
    services: ['energy'],
    address: { line_1: '1 Chapel Lane', city: 'Leeds', postcode: 'LS6 3AA' },
    occupants: 1,
    tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
    tenants: [{ ...dev, email: 'answer-lost@housr.example.com' }],
  })
  expect(answer.status).toBe(202)
  return JSON.stringify(await answer.json())
}

test('without an installation, a command says so and makes none', async () => {
  const { code, stderr } = await cli('keys', 'list')
  expect(code).toBe(1)
  expect(stderr).toEqual([
    expect.stringMatching(/^billbridge: There is no database in \.billbridge yet: start /),
  ])
})

test('beside the running service keys are made, the doctor looks, and operations are asked of the service', async () => {
  const gateway = await startLiveGateway(folder.path)
  const order = await loseOrder(gateway)
  const [made, examined, refused, asked] = [
    await cli('keys', 'create', 'Till', '--scope', 'operations:read', '--json'),
    await cli('doctor', '--json'),
    await cli('operations', 'list'),
    await cli('operations', 'list', '--url', gateway.url, '--json'),
  ]
  const headers = { authorization: `Bearer ${ShownKey.parse(made.json()).secret}` }
  expect((await fetch(`${gateway.url}/v1/operations`, { headers })).status).toBe(200)
  expect(findingOf(examined, 'database')).toMatch(/^ok: Postgres .* embedded, run by another process$/)
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toEqual([
    'billbridge: The embedded database is in use by a running service: ask that one, with --url http://127.0.0.1:3000',
  ])
  expect(order).toContain(ShownOperations.parse(asked.json()).data[0]?.resource)
  expect(await gateway.end('SIGTERM')).toBe(0)
}, 60_000)

test('in place of the service that is stopped, with the simulators as they were left', async () => {
  const [operation] = ShownOperations.parse((await cli('operations', 'list', '--json')).json()).data
  const again = await cli(
    'operations',
    'resolve',
    operation?.id ?? '',
    '--did-not-happen',
    '--send-again',
    '--json',
  )
  // Housr did take the order: the simulator remembers, and refuses a second one for the same person.
  expect(again.code).toBe(1)
  expect(again.json()).toMatchObject({ state: 'refused', attempts: 2 })
  expect(findingOf(await cli('doctor', '--json'), 'database')).toMatch(/embedded, started to look at it$/)
})
