import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type TestGateway, startTestGateway } from '#test/gateway'
import { contact, leadRequest } from '#test/lead-requests'
import { operationsOf } from '#test/lead-traces'
import { seedKey } from '#test/seed'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
beforeEach(async () => {
  gateway = await startTestGateway()
})
afterEach(() => gateway.close())

const headers = { 'idempotency-key': 'lead-1' }
const create = (changes: Readonly<Record<string, unknown>> = {}, key?: string) =>
  gateway.api('POST /v1/leads', { body: leadRequest(changes), headers, ...(key ? { key } : {}) })
const effects = () => [
  gateway.simulators.homebox.count('leads.create'),
  gateway.simulators.one_utility_bill.count('leads.create'),
]

describe('POST /v1/leads with an Idempotency-Key', () => {
  test('gives the first answer again, byte for byte, and hands nothing over twice', async () => {
    const first = await create()
    const second = await create()
    const third = await create()
    for (const again of [second, third]) {
      expect(again).toMatchObject({ status: 201, text: first.text })
      expect(again.headers).toMatchObject({
        'idempotent-replayed': 'true',
        location: first.headers['location'],
        'content-type': first.headers['content-type'],
      })
    }
    expect(effects()).toEqual([1, 1])
  })

  test('remembers a lead that all providers refused', async () => {
    const refused = { tenants: [contact(1, { email: 'refused@example.com' })] }
    const first = await create(refused)
    const second = await create(refused)
    expect(first.body.status).toBe('failed')
    expect(second).toMatchObject({ status: 201, text: first.text })
    expect(gateway.simulators.homebox.requests()).toHaveLength(1)
  })

  test('lets one of twenty at the same time through', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create()))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter(status => status === 201).length).toBeGreaterThan(0)
    expect(statuses.every(status => status === 201 || status === 409)).toBe(true)
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1)
    expect(effects()).toEqual([1, 1])
    expect((await gateway.api('GET /v1/leads')).body.data).toHaveLength(1)
  })

  test('refuses another body under the same key, and leaves the first lead alone', async () => {
    const first = await create()
    const other = await create({ property_reference: 'another' })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } })
    expect((await gateway.api(`GET /v1/leads/${first.body.id}`)).text).toBe(first.text)
    expect(effects()).toEqual([1, 1])
  })

  test('is not used up by a request that was refused', async () => {
    const wrong = await create({ tenants: [contact(1, { phone: 'none' })] })
    const nobody = await create({ address: { postcode: 'NE1 2QB' } })
    const preview = await gateway.api('POST /v1/leads?preview=true', { body: leadRequest(), headers })
    expect([wrong.status, nobody.status, preview.status]).toEqual([422, 422, 200])
    expect(await create()).toMatchObject({ status: 201, body: { status: 'submitted' } })
  })

  test('belongs to one account', async () => {
    const { key } = await seedKey(gateway)
    const mine = await create()
    const theirs = await create({}, key)
    expect(theirs.status).toBe(201)
    expect(theirs.body.id).not.toBe(mine.body.id)
    expect(theirs.headers['idempotent-replayed']).toBeUndefined()
    expect(effects()).toEqual([2, 2])
  })

  test('gets its result although the client of the first request went away', async () => {
    const payload = JSON.stringify(
      leadRequest({ providers: ['homebox'], tenants: [contact(1, { email: 'slow-400@example.com' })] }),
    )
    const { port } = new URL(await gateway.app.listen({ host: '127.0.0.1', port: 0 }))
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      [
        'POST /v1/leads HTTP/1.1',
        'host: localhost',
        `authorization: Bearer ${gateway.key}`,
        'content-type: application/json',
        'idempotency-key: lead-1',
        `content-length: ${Buffer.byteLength(payload)}`,
        '',
        payload,
      ].join('\r\n'),
    )
    await vi.waitUntil(() => gateway.simulators.homebox.requests().length === 1, PATIENCE)
    socket.destroy()
    const again = () => gateway.api('POST /v1/leads', { payload, headers })
    const answer = await vi.waitUntil(async () => {
      const got = await again()
      return got.status === 409 ? null : got
    }, PATIENCE)
    expect(answer).toMatchObject({ status: 201, body: { status: 'submitted' } })
    expect(answer.headers['idempotent-replayed']).toBe('true')
    expect(gateway.simulators.homebox.requests()).toHaveLength(1)
  })
})

describe('POST /v1/leads through two gateways on one database', () => {
  let now: () => Date
  let other: TestGateway
  beforeEach(async () => {
    now = () => new Date()
    other = await startTestGateway({
      database: gateway.database,
      environment: { BILLBRIDGE_API_KEY: gateway.key },
      now: () => now(),
    })
  })
  afterEach(() => other.close())

  const createThere = (body = leadRequest()) =>
    other.api('POST /v1/leads', { body, headers, key: gateway.key })
  const effectsOfBoth = () =>
    gateway.simulators.homebox.count('leads.create') + other.simulators.homebox.count('leads.create')

  test('the second gives the first one’s answer', async () => {
    const here = await create()
    const there = await createThere()
    expect(there).toMatchObject({ status: 201, text: here.text, headers: { 'idempotent-replayed': 'true' } })
    expect(effectsOfBoth()).toBe(1)
  })

  test('one of them sends when both are asked at once', async () => {
    const answers = await Promise.all([create(), createThere(), create(), createThere()])
    expect(new Set(answers.filter(({ status }) => status !== 409).map(({ text }) => text)).size).toBe(1)
    expect(effectsOfBoth()).toBe(1)
  })

  test('what the second has given up as unknown, a late answer to the first does not change', async () => {
    const body = leadRequest({
      providers: ['homebox'],
      tenants: [contact(1, { email: 'slow-3000@example.com' })],
    })
    const sending = gateway.api('POST /v1/leads', { body, headers })
    await vi.waitUntil(() => gateway.simulators.homebox.requests().length === 1, PATIENCE)
    now = () => new Date(Date.now() + 3_600_000)
    expect(await other.services.journal.recover()).toBe(1)
    const there = await createThere(body)
    const here = await sending
    expect(there).toMatchObject({ status: 202, body: { status: 'unknown' } })
    expect(here).toMatchObject({ status: 202, text: there.text })
    expect(effectsOfBoth()).toBe(1)
    expect(await operationsOf(gateway, here.body.id)).toMatchObject([{ state: 'unknown', attempts: 1 }])
    expect((await createThere(body)).text).toBe(there.text)
  })
})
