import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { mybeezboxInputs } from '#test/conformance-mybeezbox'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { PATIENCE } from '#test/patience'

let gateway: TestGateway
let time = Date.now()
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => new Date(time) })
})
afterAll(() => gateway.close())

const PATH = '/v1/voucher-option-categories'
const wanted = mybeezboxInputs['categories.create']
const named = (suffix: string) => ({ ...wanted, name: { ...wanted.name, en: `Category ${suffix}` } })
const made = () => gateway.simulators.mybeezbox.count('categories.create')

function create(body: object, key?: string) {
  return gateway.api(`POST ${PATH}`, { body, ...(key ? { headers: { 'idempotency-key': key } } : {}) })
}

test('the same key makes one object, and answers the same bytes', async () => {
  const before = made()
  const first = await create(wanted, 'same')
  const second = await create(wanted, 'same')
  expect([first.status, second.status, second.text]).toEqual([201, 201, first.text])
  expect(second.headers).toMatchObject({
    'idempotent-replayed': 'true',
    location: first.headers['location'],
  })
  expect(made()).toBe(before + 1)
  expectProblem(await create(named('else'), 'same'), 'idempotency_mismatch')
})

test('an answer that was lost leaves an operation to be followed, and is not sent again', async () => {
  const before = made()
  const lost = await create(named('Zz-Answer-Lost'), 'lost')
  expect(lost.status).toBe(202)
  expect(lost.body).toMatchObject({
    object: 'operation',
    operation: 'categories.create',
    provider: 'mybeezbox',
    resource: lost.body.id,
    state: 'unknown',
    reconcile: 'by_person',
  })
  expect(lost.headers['location']).toBe(`/v1/operations/${lost.body.id}`)
  expect((await create(named('Zz-Answer-Lost'), 'lost')).text).toBe(lost.text)
  expect(made()).toBe(before + 1)
})

test('a person settles it, and what was said of the object goes with the id that they found', async () => {
  const metadata = { shelf: 'B2' }
  const lost = await create({ ...named('Zz-Answer-Lost'), metadata })
  const all = await gateway.api(`GET ${PATH}?limit=100`)
  const { id } = all.body.data.at(-1)
  const resolved = await gateway.api(`POST /v1/operations/${lost.body.id}/resolve`, {
    body: { outcome: 'happened', provider_id: id },
  })
  expect(resolved.body).toMatchObject({ state: 'settled_by_person', provider_ids: [id] })
  expect((await gateway.api(`GET ${PATH}/${id}`)).body.metadata).toEqual(metadata)
})

test('what was made is mapped to its operation, and is nothing else', async () => {
  const { body } = await create(wanted)
  const query = `provider=mybeezbox&provider_resource=category&provider_id=${body.id}`
  const mapped = await gateway.api(`GET /v1/mappings?${query}`)
  expect(mapped.body.data).toMatchObject([
    { provider: 'mybeezbox', provider_resource: 'category', provider_id: body.id },
  ])
  const lost = await create(named('Zz-Answer-Lost'))
  const resolved = await gateway.api(`POST /v1/operations/${lost.body.id}/resolve`, {
    body: { outcome: 'happened', provider_id: body.id },
  })
  expect(expectProblem(resolved, 'validation_failed').errors).toMatchObject([
    { pointer: '/provider_id', code: 'taken' },
  ])
})

test('a refusal is remembered under its key, names the operation and points into the request', async () => {
  const before = gateway.simulators.mybeezbox.requests().length
  const refused = await create(named('Zz-Refused'), 'refused')
  expect(expectProblem(refused, 'provider_rejected').resource).toMatch(/^operation_/)
  expect((await create(named('Zz-Refused'), 'refused')).text).toBe(refused.text)
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before + 1)
})

test('what is wrong on our side frees the key', async () => {
  gateway.simulators.mybeezbox.arm({ fault: 'forbidden', operation: 'categories.create' })
  expectProblem(await create(wanted, 'freed'), 'provider_auth_failed')
  expect((await create(wanted, 'freed')).status).toBe(201)
})

test('a preview shows the request, and sends and stores nothing', async () => {
  const before = gateway.simulators.mybeezbox.requests().length
  const { status, body } = await gateway.api(`POST ${PATH}?preview=true`, { body: wanted })
  expect(status).toBe(200)
  expect(body).toMatchObject({ object: 'preview', side_effects: [], missing: [] })
  expect(body.requests).toMatchObject([
    {
      provider: 'mybeezbox',
      method: 'POST',
      path: '/voucheroptioncategories/',
      body: { name_en: 'Category' },
    },
  ])
  expect(gateway.simulators.mybeezbox.requests()).toHaveLength(before)
})

test('metadata may name an order of the account, and no other', async () => {
  const metadata = { order_id: 'order_01kb2z6x9ve8vs2m0g5a7d3c1r' }
  const { errors } = expectProblem(await create({ ...wanted, metadata }), 'validation_failed')
  expect(errors).toEqual([
    { pointer: '/metadata/order_id', code: 'not_found', message: 'is no order of yours' },
  ])
})

test('an answer that comes after somebody gave the operation up is 202, and settles nothing', async () => {
  gateway.simulators.mybeezbox.arm({ fault: 'slow', operation: 'categories.create', ms: 2_000 })
  const before = made()
  const late = create(wanted, 'late')
  await vi.waitFor(() => expect(made()).toBe(before + 1), PATIENCE)
  time += 600_000
  expect(await gateway.services.journal.recover()).toBe(1)
  const answer = await late
  expect([answer.status, answer.body.state, answer.body.provider_ids]).toEqual([202, 'unknown', []])
  expect((await create(wanted, 'late')).text).toBe(answer.text)
  expect(made()).toBe(before + 1)
})
