import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, TEST_ENCRYPTION_KEY, type TestGateway } from '#test/gateway'
import { household, householdAt } from '#test/households'
import { magicPostcode } from '#simulators/core/magic'

const METRICS_TOKEN = 'metrics-token-of-this-test'

let gateway: TestGateway
/** Everything that was answered. */
let answers: string
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { METRICS_TOKEN } })
  answers = await useEverything()
})
afterAll(() => gateway.close())

/** Quotes that work and quotes that fail in every way, and all that can be read of them afterwards. */
async function useEverything(): Promise<string> {
  const { api, key } = gateway
  const seen: string[] = []
  const note = async (asked: ReturnType<typeof api>) => {
    const { text, headers, body } = await asked
    seen.push(text, JSON.stringify(headers))
    return body
  }
  const headers = { 'idempotency-key': randomUUID() }
  const { id } = await note(api('POST /v1/quotes', { body: household(), headers }))
  await note(api('POST /v1/quotes?preview=true', { body: household() }))
  for (const fault of ['unauthorized', 'forbidden', 'html', 'cut-body', 'error', 'refused'] as const)
    await note(api('POST /v1/quotes', { body: householdAt(magicPostcode('quote', 'every', fault)) }))
  await note(api(`GET /v1/quotes/${id}?include=provider_data`))
  await note(api(`GET /v1/quotes?api_key=${key}`))
  await note(api('GET /v1/provider-calls?limit=100'))
  await note(api('GET /v1/providers'))
  await note(api('GET /openapi.json'))
  await note(api('GET /metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }))
  return seen.join('\n')
}

function secrets(): string[] {
  const { homebox, one_utility_bill } = gateway.simulators
  const given = [homebox, one_utility_bill].flatMap(({ credentials }) => Object.values(credentials))
  const tokens = one_utility_bill
    .requests()
    .flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? [])
  return [...new Set([gateway.key, TEST_ENCRYPTION_KEY, METRICS_TOKEN, ...given, ...tokens])]
}

/** Every row of every table as Postgres prints it; bytes both as hexadecimal and as text. */
async function wholeDatabase(): Promise<string> {
  const { sql } = gateway.services.database
  const tables = await sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  const dumps = await Promise.all(
    tables.rows.map(({ name }) => sql.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)),
  )
  const text = dumps.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n')
  const bytes = [...text.matchAll(/\\x([0-9a-f]+)/g)].map(match =>
    Buffer.from(match[1] ?? '', 'hex').toString('latin1'),
  )
  return [text, ...bytes].join('\n')
}

describe('keys, credentials and tokens', () => {
  test('are there to be looked for', () => {
    expect(secrets().length).toBeGreaterThanOrEqual(7)
    expect(secrets().filter(secret => secret.length < 8)).toEqual([])
  })

  test('stand in no answer', () => {
    expect(secrets().filter(secret => answers.includes(secret))).toEqual([])
  })

  test('stand in no line of the log', () => {
    const logged = gateway.logs.join('')
    expect(gateway.logs.length).toBeGreaterThan(10)
    expect(secrets().filter(secret => logged.includes(secret))).toEqual([])
  })

  test('stand nowhere in the database', async () => {
    const dump = await wholeDatabase()
    expect(dump).toContain('NE1 2QB')
    expect(secrets().filter(secret => dump.includes(secret))).toEqual([])
  })
})
