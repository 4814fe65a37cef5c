import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '2000' } })
})
afterAll(() => gateway.close())

const canary = { first_name: 'Canarina', last_name: 'Featherstonehaugh', phone: '+447911123456' }
const found = /canarina|featherstonehaugh|7911123456|canary-tag|@example\.com/i
const headers = { 'idempotency-key': 'canary-1' }

function asText(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('latin1') : (JSON.stringify(value) ?? '')
}

/** Everything that the tables hold, as text; sealed columns byte by byte. */
async function textOf(isWanted: (table: string) => boolean): Promise<string> {
  const { sql } = gateway.services.database
  const { rows: tables } = await sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  const texts = []
  for (const { name } of tables.filter(table => isWanted(table.name))) {
    const { rows } = await sql.query<Record<string, unknown>>(`SELECT * FROM "${name}"`)
    texts.push(...rows.flatMap(row => Object.values(row).map(asText)))
  }
  return texts.join('\n')
}

test('names, e-mail addresses and phones stand with the people and nowhere else, whatever goes wrong', async () => {
  for (const fault of ['ordinary', 'answer-lost', 'refused', 'html', 'applied-error', 'slow']) {
    const tenants = [{ ...canary, email: `${fault}+canary-tag@example.com` }]
    const body = leadRequest({ tenants, providers: ['homebox', 'one_utility_bill'] })
    const { body: lead } = await gateway.api('POST /v1/leads', {
      body,
      ...(fault === 'ordinary' ? { headers } : {}),
    })
    await gateway.api(`GET /v1/leads/${lead.id}?refresh=true`)
    await gateway.api(`POST /v1/leads/${lead.id}/retry`)
  }
  await gateway.api('POST /v1/leads?preview=true', {
    body: leadRequest({ tenants: [{ ...canary, email: 'canary-tag@example.com' }] }),
  })
  const calls = (await gateway.api('GET /v1/provider-calls?limit=100')).text
  expect(calls).toContain('leads.create')
  expect(calls).not.toMatch(found)
  expect(gateway.logs.join('\n')).toContain('leads.create')
  expect(gateway.logs.join('\n')).not.toMatch(found)
  expect(await textOf(table => table === 'tenants')).toMatch(found)
  expect(await textOf(table => table !== 'tenants')).not.toMatch(found)
})
