import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadAt, leadRequest } from '#test/lead-requests'
import { eventsOf, operationsOf } from '#test/lead-traces'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

type Submission = { provider: string; status: string }
const create = (body: Record<string, unknown>) => gateway.api('POST /v1/leads', { body })
const sent = () =>
  gateway.simulators.homebox.count('leads.create') + gateway.simulators.one_utility_bill.count('leads.create')
const rejected = (pointer: string, code: string) => ({
  status: 'rejected',
  operation_id: null,
  provider_ids: [],
  error: { code: 'validation_failed', retryable: false, errors: [{ pointer, code }] },
})

describe('POST /v1/leads, when only some providers can be told', () => {
  test('hands it to the others, and says what this one lacks with a pointer into the request', async () => {
    const { status, body } = await create(leadRequest({ tenancy: { start_date: '2027-09-01' } }))
    expect(status).toBe(201)
    expect(body.status).toBe('partial')
    expect(body.submissions).toMatchObject([
      { provider: 'homebox', ...rejected('/tenancy/end_date', 'required') },
      { provider: 'one_utility_bill', status: 'submitted', error: null },
    ])
  })

  test.each([
    [
      'a house without lines',
      'homebox',
      { address: { postcode: 'NE1 2QB' }, notifications: false },
      '/address/line_1',
    ],
    [
      'a name of one letter',
      'homebox',
      { tenants: [contact(1, { first_name: 'J' })] },
      '/tenants/0/first_name',
    ],
    [
      'Northern Ireland',
      'homebox',
      { address: { line_1: '1 High Street', city: 'Belfast', postcode: 'BT1 1AA' } },
      '/address/postcode',
    ],
    [
      'a year of four digits',
      'one_utility_bill',
      { tenancy: { start_date: '2071-01-01', end_date: '2072-01-01' } },
      '/tenancy/start_date',
    ],
  ])('goes on with the one that can be told of %s', async (_what, able, changes, pointer) => {
    const { status, body } = await create(leadRequest(changes))
    expect(status).toBe(201)
    expect(body.status).toBe('partial')
    const outcomes = body.submissions.map((one: Submission) => [one.provider === able, one.status])
    expect(outcomes.toSorted()).toEqual([
      [false, 'rejected'],
      [true, 'submitted'],
    ])
    const refused = body.submissions.find((one: Submission) => one.status === 'rejected')
    expect(refused.error.errors[0].pointer).toBe(pointer)
  })

  test('counts tenants as the request does where a provider takes them one by one', async () => {
    const tenants = [contact(1), contact(2, { last_name: 'X' }), contact(3)]
    const { body } = await create(leadRequest({ tenants, providers: ['one_utility_bill'] }))
    expect(body.status).toBe('partial')
    expect(body.submissions).toMatchObject([
      { tenant_id: body.tenants[0].id, status: 'submitted' },
      { tenant_id: body.tenants[1].id, ...rejected('/tenants/1/last_name', 'too_small') },
      { tenant_id: body.tenants[2].id, status: 'submitted' },
    ])
  })

  test('writes no operation for what is not sent, and tells of it', async () => {
    const { body } = await create(leadRequest({ tenancy: null }))
    expect(await operationsOf(gateway, body.id)).toMatchObject([{ provider: 'one_utility_bill' }])
    expect(
      (await eventsOf(gateway, body.id)).map(({ type, data }) => [type, data['provider'] ?? data['status']]),
    ).toEqual([
      ['lead.failed', 'homebox'],
      ['lead.submitted', 'one_utility_bill'],
      ['lead.status_changed', 'partial'],
    ])
  })
})

describe('POST /v1/leads, when no provider can be told', () => {
  test.each([
    ['nothing but a postcode', { address: { postcode: 'NE1 2QB' } }, ['/address/line_1', '/address/city']],
    ['no address at all', { address: null }, ['/address']],
    [
      'different things at each',
      { tenancy: null, tenants: [contact(1, { first_name: 'J' })] },
      ['/tenancy/start_date', '/tenancy/end_date', '/tenants/0/first_name'],
    ],
    [
      'what the only one named lacks',
      { tenancy: { start_date: '2027-09-01' }, providers: ['homebox'] },
      ['/tenancy/end_date'],
    ],
  ])('refuses %s, names each field once, and stores and sends nothing', async (_what, changes, pointers) => {
    const before = sent()
    const listed = (await gateway.api('GET /v1/leads')).body.data.length
    const { status, body } = await create(leadRequest(changes))
    expect(status).toBe(422)
    expect(body.code).toBe('validation_failed')
    expect(body.errors.map((error: { pointer: string }) => error.pointer).toSorted()).toEqual(
      pointers.toSorted(),
    )
    expect(sent()).toBe(before)
    expect((await gateway.api('GET /v1/leads')).body.data).toHaveLength(listed)
  })
})

describe('POST /v1/leads, when a provider refuses', () => {
  test('shows its refusal with our pointers, its request id, and takes the other’s word', async () => {
    const tenants = [contact(1), contact(2, { email: 'jane@nowhere.invalid' })]
    const { status, body } = await create(leadRequest({ tenants }))
    expect(status).toBe(201)
    expect(body.status).toBe('partial')
    expect(body.submissions).toMatchObject([
      { provider: 'homebox', status: 'submitted' },
      { provider: 'one_utility_bill', status: 'submitted' },
      {
        provider: 'one_utility_bill',
        status: 'rejected',
        operation_id: expect.stringMatching(/^operation_/),
        error: {
          code: 'provider_rejected',
          retryable: false,
          provider_status: 422,
          provider_request_id: expect.stringMatching(/./),
          errors: [{ pointer: '/tenants/1/email' }],
        },
      },
    ])
  })

  test('answers 201 with a failed lead when all of them refuse', async () => {
    const { status, body } = await create(leadAt('ZZ20 4RF'))
    expect(status).toBe(201)
    expect(body.status).toBe('failed')
    expect(body.submissions).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  })
})
