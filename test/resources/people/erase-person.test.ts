import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOfTables } from '#test/database-text'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { leadRequest } from '#test/lead-requests'
import { payer } from '#test/orders'
import {
  barnaby,
  erase,
  type Household,
  leadKey,
  moveIn,
  openedTexts,
  sendLead,
  zuleika,
  zuleikasValues,
} from '#test/people'
import { seedKey } from '#test/seed'

let gateway: TestGateway
let household: Household
let erased: Awaited<ReturnType<typeof erase>>
/** What each order and lead showed before. */
const before = new Map<string, Shown>()

interface Shown {
  readonly tenants: readonly { readonly id: string; readonly first_name: string | null }[]
}

const places = () => [`/v1/leads/${household.lead}`, household.order.path, household.invited.path] as const
const nobody = {
  first_name: null,
  last_name: null,
  email: null,
  phone: null,
  country_code: null,
  date_of_birth: null,
  nationality: null,
}

beforeAll(async () => {
  gateway = await startTestGateway()
  household = await moveIn(gateway)
  const { api } = gateway
  for (const path of places()) before.set(path, (await api(`GET ${path}`)).body)
  const headers = { 'idempotency-key': 'export-1' }
  await api('POST /v1/people/export', { body: { email: zuleika.email }, headers })
  await gateway.services.callLog.flush()
  expect(await textOfTables(gateway)).toMatch(zuleikasValues)
  expect(await openedTexts(gateway)).toMatch(zuleikasValues)
  erased = await erase(api, zuleika.email.toUpperCase())
})
afterAll(() => gateway.close())

async function expectNothingLeft(): Promise<void> {
  await gateway.services.callLog.flush()
  expect(await textOfTables(gateway)).not.toMatch(zuleikasValues)
  expect(await openedTexts(gateway)).not.toMatch(zuleikasValues)
}

describe('erasing a person', () => {
  test('leaves nothing of them in any column, open or sealed', async () => {
    expect(erased.status).toBe(200)
    await expectNothingLeft()
  })

  test('makes null what tells who they are, and shows everything else as it was', async () => {
    for (const path of places()) {
      const shown = before.get(path)
      const { body } = await gateway.api(`GET ${path}`)
      const tenants = shown?.tenants.map(tenant =>
        tenant.first_name === zuleika.first_name
          ? { ...tenant, ...nobody, erased_at: expect.any(String), updated_at: expect.any(String) }
          : tenant,
      )
      expect({ ...body, metadata: null }, path).toEqual({ ...shown, tenants, metadata: null })
    }
  })

  test('takes them out of metadata, and leaves the rest of it', async () => {
    const { body } = await gateway.api(`GET ${household.order.path}`)
    expect(body.metadata).toEqual({ note: '[erased]', room: '4' })
  })

  test('names whose data it was, and which provider has what', async () => {
    const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id).toSorted()
    const hers = [...before.values()].flatMap(({ tenants }) =>
      tenants.filter(({ first_name }) => first_name === zuleika.first_name),
    )
    expect(ids(erased.body.tenants)).toEqual(ids(hers))
    expect(erased.body.invites).toMatchObject([{ order_id: household.invited.id }])
    const contact = ['first_name', 'last_name', 'email', 'phone']
    const held = erased.body.still_held_by.map((one: { operation: string; provider: string }) => [
      one.provider,
      one.operation,
    ])
    expect(held).toEqual([
      ['homebox', 'invites.create'],
      ['homebox', 'tenants.create'],
      ['one_utility_bill', 'leads.create'],
      ['homebox', 'leads.create'],
    ])
    expect(erased.body.still_held_by).toMatchObject([
      { fields: ['first_name', 'last_name', 'phone'], fields_from: 'operation', sent_at: expect.any(String) },
      { fields: [...contact, 'date_of_birth', 'nationality', 'billing_address', 'bank_account'] },
      { fields: [...contact, 'country_code'], resource: household.lead },
      { fields: contact, resource: household.lead, provider_ids: [expect.any(String)] },
    ])
    expect(erased.text).not.toMatch(zuleikasValues)
  })

  test('answers the same when it is asked again', async () => {
    expect((await erase(gateway.api)).text).toBe(erased.text)
  })

  test('leaves those who live with them', async () => {
    const { body } = await gateway.api(`GET /v1/people?email=${barnaby.email}`)
    expect(body.tenants).toHaveLength(3)
    for (const tenant of body.tenants) expect(tenant).toMatchObject({ ...barnaby, erased_at: null })
    expect(body.invites).toMatchObject([{ first_name: 'Barnaby', phone: barnaby.phone }])
  })

  test('is in the audit log without a word of who it was', async () => {
    const { body } = await gateway.api('GET /v1/audit-log?action=people.erased')
    const tenants = erased.body.tenants.map(({ id }: { id: string }) => id)
    const invites = erased.body.invites.map(({ id }: { id: string }) => id)
    expect(body.data.at(-1)).toMatchObject({ resource: null, data: { tenants, invites } })
    expect((await gateway.api('GET /v1/audit-log?limit=100')).text).not.toMatch(zuleikasValues)
  })

  test('is in no log line by e-mail address', () => {
    expect(gateway.logs.join('')).toContain('/v1/people/erase')
    expect(gateway.logs.join('')).not.toMatch(zuleikasValues)
  })
})

describe('after a person was erased', () => {
  test('a replay answers the lead as it is now, and sends nothing', async () => {
    const sent = gateway.simulators.homebox.requests().length
    const replay = await sendLead(gateway.api, leadKey)
    expect(replay.status).toBe(201)
    expect(replay.body.id).toBe(household.lead)
    expect(replay.text).not.toMatch(zuleikasValues)
    expect((await sendLead(gateway.api, leadKey)).headers['idempotent-replayed']).toBe('true')
    expect(gateway.simulators.homebox.requests()).toHaveLength(sent)
    const { body } = await gateway.api('GET /v1/leads')
    expect(body.data).toHaveLength(1)
  })

  test('nothing that is read at the providers brings them back', async () => {
    const { api } = gateway
    for (const { path } of [household.order, household.invited]) {
      await api(`GET ${path}?refresh=true&include=provider_data`)
      const { body } = await api(`GET ${path}/tenants`)
      for (const { id } of body.data) await api(`GET ${path}/tenants/${id}?refresh=true`)
      const erased = body.data.find((tenant: { erased_at: string | null }) => tenant.erased_at !== null)
      for (const place of ['', '/mandate']) {
        const answer = await api(`GET ${path}/tenants/${erased.id}${place}?include=provider_data`)
        expect([answer.status, answer.text]).not.toEqual([200, expect.stringMatching(zuleikasValues)])
      }
      await api(`GET ${path}/invites`)
      await api(`GET ${path}/timeline`)
      expect((await api(`GET ${path}`)).body.tenants).toHaveLength(2)
    }
    await api(`GET /v1/leads/${household.lead}?refresh=true`)
    await expectNothingLeft()
  })

  test('somebody whose id we never knew is not welcomed as a stranger', async () => {
    const { api, services } = gateway
    await services.database.sql.query("DELETE FROM mappings WHERE provider_resource IN ('tenant', 'invite')")
    for (const { path } of [household.order, household.invited]) {
      expect((await api(`GET ${path}/tenants`)).body.data).toHaveLength(2)
      await api(`GET ${path}/invites`)
    }
    await expectNothingLeft()
  })

  test('they cannot be changed, and can be removed', async () => {
    const { path } = household.order
    const { body } = await gateway.api(`GET ${path}`)
    const [{ id }] = body.tenants
    const tenant = `${path}/tenants/${id}` as const
    const sent = gateway.simulators.homebox.effects().length
    for (const query of ['', '?preview=true'])
      expectProblem(
        await gateway.api(`PATCH ${tenant}${query}`, { body: { phone: zuleika.phone } }),
        'state_conflict',
      )
    const bank = { bank_account: payer().bank_account }
    expectProblem(await gateway.api(`PATCH ${tenant}/mandate`, { body: bank }), 'state_conflict')
    expect(gateway.simulators.homebox.effects()).toHaveLength(sent)
    expect((await gateway.api(`DELETE ${tenant}`)).status).toBe(204)
  })

  test('another account keeps what it has of them', async () => {
    const { key } = await seedKey(gateway)
    const { api } = gateway
    const { body: lead } = await api('POST /v1/leads', { key, body: leadRequest({ tenants: [zuleika] }) })
    expect((await erase(api)).text).toBe(erased.text)
    expect((await api(`GET /v1/leads/${lead.id}`, { key })).body.tenants).toMatchObject([zuleika])
    expect((await api(`GET /v1/people?email=${zuleika.email}`, { key })).body.tenants).toHaveLength(1)
  })
})
