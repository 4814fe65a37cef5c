import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertMapping } from '#mappings/store'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { idFromUuid, newUuid } from '#values/ids'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const preview = async (changes: Readonly<Record<string, unknown>> = {}) => {
  const { status, body } = await gateway.api('POST /v1/leads?preview=true', { body: leadRequest(changes) })
  expect(status).toBe(200)
  return body
}

test('a preview shows each provider’s requests and what they set off, and sends and stores nothing', async () => {
  const body = await preview({ tenants: [contact(1), contact(2)], source: { enquiry_id: '7' } })
  const property = {
    address_line_1: '5 Media Exchange',
    address_line_2: 'Coquet Street',
    city: 'Newcastle upon Tyne',
    county: 'Tyne and Wear',
    postcode: 'NE1 2QB',
  }
  expect(body.object).toBe('preview')
  expect(
    body.requests.map(({ provider, method, path }: Record<string, string>) => [provider, method, path]),
  ).toEqual([
    ['homebox', 'POST', '/api/partner/lead'],
    ['one_utility_bill', 'POST', '/api/v1/leads'],
    ['one_utility_bill', 'POST', '/api/v1/leads'],
  ])
  expect(body.requests[2].body).toEqual({
    property,
    contact: {
      first_name: 'Jane',
      last_name: 'Smith2',
      email_address: 'jane.smith2@example.com',
      phone_number: '+447700900122',
    },
    tenancy_start_date: '2027-09-01',
    metadata: [{ meta_key: 'enquiry_id', meta_value: '7' }],
  })
  expect(body.side_effects).toEqual([
    expect.stringContaining('texts and e-mails each tenant'),
    expect.stringContaining('tells suppliers'),
    expect.stringContaining('One Utility Bill'),
  ])
  expect(body.missing).toEqual([])
  expect(gateway.simulators.homebox.requests()).toEqual([])
  expect(gateway.simulators.one_utility_bill.requests()).toEqual([])
  expect((await gateway.api('GET /v1/leads')).body.data).toEqual([])
})

test('a preview names what each provider lacks, even when none could be told anything', async () => {
  const body = await preview({
    tenancy: null,
    tenants: [contact(1), contact(2, { first_name: 'J' })],
    address: { postcode: 'NE1 2QB' },
  })
  const lackedBy = (provider: string) =>
    body.missing
      .filter((one: { provider: string }) => one.provider === provider)
      .map(({ pointer }: { pointer: string }) => pointer)
      .toSorted()
  expect(body).toMatchObject({ requests: [], side_effects: [] })
  expect(lackedBy('homebox')).toEqual([
    '/address/city',
    '/address/line_1',
    '/tenancy/end_date',
    '/tenancy/start_date',
  ])
  expect(lackedBy('one_utility_bill')).toEqual(['/address/city', '/address/line_1', '/tenants/1/first_name'])
})

test('a branch is told to the provider that knows it, by that one’s own id', async () => {
  const branchUuid = newUuid()
  await gateway.services.database.transaction(async tx => {
    const { rows } = await tx.query<{ id: string; account_id: string }>(
      "SELECT id, account_id FROM connections WHERE provider = 'homebox'",
    )
    const [homebox] = rows
    if (!homebox) throw new Error('Homebox is not connected')
    insertMapping(
      tx,
      { accountId: homebox.account_id, mode: 'test' },
      {
        resource: { prefix: 'branch', uuid: branchUuid },
        connectionId: homebox.id,
        provider: 'homebox',
        providerResource: 'branch',
        providerId: '41',
        at: new Date(),
      },
    )
  })
  const body = await preview({ branch_id: idFromUuid('branch', branchUuid) })
  expect(body.requests.map(({ path }: { path: string }) => path)).toEqual([
    '/api/partner/child/41/lead',
    '/api/v1/leads',
  ])
  expect(JSON.stringify(body.requests[1])).not.toContain('41')
})
