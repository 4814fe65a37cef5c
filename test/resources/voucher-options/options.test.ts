import { afterAll, beforeAll, expect, test } from 'vitest'
import { voucherInputs } from '#test/conformance-vouchers'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const PATH = '/v1/voucher-options'
const wanted = voucherInputs['options.create']
const sent = () => gateway.simulators.mybeezbox.requests().at(-1)
const spelt = (field: string, map: object) =>
  Object.fromEntries(Object.entries(map).map(([language, text]) => [`${field}_${language}`, text]))

test('an option is made with exactly what the document names, and shown in our words', async () => {
  const made = await gateway.api(`POST ${PATH}`, { body: wanted })
  expect(sent()).toMatchObject({ method: 'POST', path: '/voucheroptions/' })
  expect(sent()?.body).toEqual({
    ...spelt('name', wanted.name),
    ...spelt('description', wanted.description),
    selling_price: 10.5,
    is_active: true,
    countable: false,
    is_global: false,
    ranking: 10,
    partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    voucher_prototypes_ids: [1],
    category_id: 1,
  })
  const { id } = made.body
  expect([made.status, made.headers['location']]).toEqual([201, `${PATH}/${id}`])
  expect(made.body).toEqual({
    ...wanted,
    id,
    object: 'voucher_option',
    mode: 'test',
    provider: 'mybeezbox',
    partner_id: '1',
    metadata: {},
    details: {},
  })
  expect((await gateway.api(`GET ${PATH}/${id}`)).body).toEqual(made.body)
  expect((await gateway.api(`GET ${PATH}`)).body.data).toContainEqual(made.body)
})

test('an update says how often it was chosen, in the words of the document', async () => {
  const body = { count: 2, included: false, option: { id: 1, name_en: 'Option', tags: [{ a: 1 }] } }
  const updated = await gateway.api(`PUT ${PATH}/1`, { body })
  expect(sent()).toMatchObject({ method: 'PUT', path: '/voucheroptions/1/' })
  expect(sent()?.body).toEqual(body)
  expect([updated.status, updated.body]).toEqual([
    200,
    {
      ...body,
      id: '1',
      object: 'chosen_voucher_option',
      mode: 'test',
      provider: 'mybeezbox',
      details: {},
    },
  ])
})

test.each([
  ['/count', 'too_small', { count: -1 }],
  ['/included', 'required', { included: undefined }],
  ['/option', 'too_many', { option: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`f${i}`, i])) }],
])('an update with a wrong %s is refused', async (pointer, code, change) => {
  const body = { count: 1, included: true, option: {}, ...change }
  const answer = await gateway.api(`PUT ${PATH}/1`, { body })
  expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
})

test('an option that is not there is not found', async () => {
  expectProblem(await gateway.api(`GET ${PATH}/404`), 'not_found')
})
