import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnGateway, temporaryFolder } from '#test/live-gateway'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let taken: Server

beforeAll(async () => {
  folder = await temporaryFolder()
  taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise(resolve => taken.close(resolve))
  await folder.remove()
})

function takenPort(): number {
  const address = taken.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** What a start that ends by itself says, and that it ends with 1. */
async function refusal(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const gateway = spawnGateway(folder.path, env)
  expect(await gateway.ended).toBe(1)
  expect(gateway.stdout.filter(line => !line.includes('migrations applied'))).toEqual([])
  return gateway.stderr
}

test('every mistake in the configuration is one line without its value', async () => {
  const mistaken = {
    PORT: '70000',
    DATABASE_URL: 'mysql://root:hunter2@localhost/bills',
    BILLBRIDGE_API_KEY: 'bb_test_tooshort',
    BILLBRIDGE_SIMULATOR: 'yes',
    PUBLIC_URL: 'ftp://bills.example.com',
    QUOTE_DEADLINE_MS: '8 s',
  }
  const lines = await refusal(mistaken)
  expect(lines.map(line => /^billbridge: ([A-Z_]+) /.exec(line)?.[1]).toSorted()).toEqual(
    Object.keys(mistaken).toSorted(),
  )
  for (const value of Object.values(mistaken)) expect(lines.join('\n')).not.toContain(value)
})

test('test keys never reach production: its address is refused in test mode', async () => {
  const env = { HOMEBOX_BASE_URL: 'https://accounts.billingbetter.co.uk', HOMEBOX_TOKEN: 'token' }
  expect(await refusal(env)).toEqual([
    "billbridge: HOMEBOX_BASE_URL is a provider's production address, but the mode is test",
  ])
})

test('live mode asks for what it will not make up', async () => {
  expect(await refusal({ BILLBRIDGE_MODE: 'live' })).toEqual([
    expect.stringMatching(/^billbridge: BILLBRIDGE_ENCRYPTION_KEY is required in live mode/),
  ])
})

test.each([
  ['refuses', () => 1],
  ['hangs up', takenPort],
])('a Postgres that %s is one line, and its password is not in it', async (_how, port) => {
  taken.once('connection', socket => socket.destroy())
  const url = `postgresql://billbridge:hunter2@127.0.0.1:${port()}/bills`
  expect(await refusal({ DATABASE_URL: url })).toEqual([
    expect.stringMatching(/^billbridge: The database cannot be used: (?!.*hunter2)/),
  ])
})

test('a port that is taken is one line', async () => {
  expect(await refusal({ PORT: String(takenPort()) })).toEqual([
    `billbridge: listen EADDRINUSE: address already in use 127.0.0.1:${takenPort()}: set HOST or PORT`,
  ])
})
