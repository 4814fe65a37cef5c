import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { type PlacedOrder, placeOrder } from '#test/order-people'

let gateway: TestGateway
let order: PlacedOrder
/** Every answer that was given. */
const answers: string[] = []

const bank = { account_name: 'Zuleika Q Canary', account_number: '90817263', sort_code: '20-45-81' }
const canary = {
  first_name: 'Canarina',
  last_name: 'Featherstonehaugh',
  phone: '+447911123456',
  date_of_birth: '1987-06-05',
  nationality: 'GB',
  bank_account: bank,
  billing_address: { line_1: '7 Nightingale Aviary', city: 'London', postcode: 'NW1 1AA' },
}
const bankDetails = /90817263|204581|20-45-81/
const people = /canarina|featherstonehaugh|7911123456|canary-tag|zuleika|nightingale|1987-06-05|05\/06\/1987/i
const faults = ['ordinary', 'answer-lost', 'refused', 'html', 'applied-error', 'cut-body', 'renamed-field']

async function call(route: Parameters<TestGateway['api']>[0], body?: unknown) {
  const answer = await gateway.api(route, body === undefined ? {} : { body })
  answers.push(answer.text)
  return answer
}

async function doEverything(fault: string): Promise<void> {
  const email = `${fault}+canary-tag@example.com`
  const { body } = await call(`POST ${order.path}/tenants`, { ...canary, email })
  const id = fault === 'ordinary' ? body.id : body.resource
  if (!id?.startsWith('tenant_')) return
  const tenant = `${order.path}/tenants/${id}` as const
  await call(`GET ${tenant}?refresh=true&include=provider_data`)
  await call(`PATCH ${tenant}`, {
    email: `${fault}+changed+canary-tag@example.com`,
    date_of_birth: '1987-06-05',
  })
  await call(`GET ${tenant}/mandate?include=provider_data`)
  const [listed] = (await gateway.api(`GET ${tenant}`)).body.provider_ids ?? []
  if (listed) gateway.simulators.homebox.happen.setMandate(Number(listed), 'rejected')
  const account_name = fault === 'ordinary' ? bank.account_name : `Zuleika Zz-${fault}`.slice(0, 18)
  await call(`PATCH ${tenant}/mandate`, { bank_account: { ...bank, account_name } })
  await call(`PATCH ${tenant}/mandate?preview=true`, { bank_account: bank })
  await call(`GET ${tenant}?include=provider_data`)
}

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { PROVIDER_TIMEOUT_MS: '3000' } })
  order = await placeOrder(gateway)
  for (const fault of faults) await doEverything(fault)
  const { first_name, last_name, phone } = canary
  await call(`POST ${order.path}/invites`, { first_name, last_name, phone })
  await call(`POST ${order.path}/tenants`, {
    first_name,
    last_name,
    phone,
    email: 'sms+canary-tag@example.com',
  })
  await call(`POST ${order.path}/tenants?preview=true`, { ...canary, email: 'canary-tag@example.com' })
  await call(`POST ${order.path}/tenants`, {
    ...canary,
    email: 'canary-tag@example.com',
    billing_address: null,
  })
  await call(`GET ${order.path}/tenants`)
  await gateway.services.callLog.flush()
})
afterAll(() => gateway.close())

describe('bank details', () => {
  test('reach the provider', () => {
    const sent = JSON.stringify(gateway.simulators.homebox.requests().map(request => request.body))
    expect(sent).toContain(bank.account_number)
    expect(sent).toContain('204581')
  })

  test('stand in no column of any table, sealed ones byte by byte, whatever went wrong', async () => {
    expect(await textOfTables(gateway)).not.toMatch(bankDetails)
  })

  test('stand in no answer and no log line', () => {
    expect(answers.join('\n')).not.toMatch(bankDetails)
    expect(gateway.logs.join('\n')).not.toMatch(bankDetails)
  })

  test('are wiped from the journal once they have arrived', async () => {
    const { rows } = await gateway.services.database.sql.query(
      "SELECT DISTINCT state FROM operations WHERE input IS NOT NULL AND state = 'succeeded'",
    )
    expect(rows).toEqual([])
  })
})

describe('what tells who somebody is', () => {
  test('stands with the people and their invitations, and nowhere else', async () => {
    expect(await textOfTables(gateway, table => table === 'tenants')).toMatch(people)
    const others = await textOfTables(gateway, table => table !== 'tenants' && table !== 'invites')
    expect(others).not.toMatch(people)
  })

  test('stands in no log line and in no call that was logged', async () => {
    expect(gateway.logs.join('\n')).toContain('tenants.create')
    expect(gateway.logs.join('\n')).not.toMatch(people)
    const { text } = await gateway.api('GET /v1/provider-calls?limit=100')
    expect(text).toContain('mandates.update')
    expect(text).not.toMatch(people)
  })

  test('stands in no event and in no problem', async () => {
    expect((await gateway.api('GET /v1/events?limit=100')).text).not.toMatch(people)
    expect(
      answers.filter(text => text.includes('"problem') || text.includes('/problems/')).join('\n'),
    ).not.toMatch(people)
  })
})
