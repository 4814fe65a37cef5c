import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { voucherInputs } from '#test/conformance-vouchers'
import { expectProblem } from '#test/expect-problem'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const PATH = '/v1/voucher-prototypes'
const wanted = voucherInputs['prototypes.create']
const sent = () => gateway.simulators.mybeezbox.requests()

/** As the document spells a text in eight languages. */
const spelt = (field: string, map: object) =>
  Object.fromEntries(Object.entries(map).map(([language, text]) => [`${field}_${language}`, text]))

const asTheyWrite = {
  ...spelt('name', wanted.name),
  ...spelt('description', wanted.description),
  ...spelt('long_description', wanted.long_description),
  ...spelt('rent_conditions', wanted.rent_conditions),
  how_to_book_html_en: '<p>Text (en)</p>',
  pdf_description_fr: 'Texte',
  type: 'stay',
  is_active: false,
  is_highlight: false,
  price_scope: 1,
  max_capacity: 0,
  min_capacity: 1,
  stay_price: 10.5,
  adults_price: 5,
  children_price: 2.5,
  baby_price: 0,
  partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
  universe: 1,
  environment: 2,
  last_active_day: '2027-08-31',
  ranking: 1,
  images: [1],
  cover_image: 1,
}

const nowhere = { en: null, fr: null, es: null, it: null, de: null, nl: null, ca: null, pt: null }

test('a prototype is made with exactly what the document names, and shown in our words', async () => {
  const made = await gateway.api(`POST ${PATH}`, { body: { ...wanted, metadata: { season: 'summer' } } })
  expect(sent().at(-1)).toMatchObject({ method: 'POST', path: '/voucherprototypes/' })
  expect(sent().at(-1)?.body).toEqual(asTheyWrite)
  const { id } = made.body
  expect([made.status, made.headers['location']]).toEqual([201, `${PATH}/${id}`])
  expect(made.body).toEqual({
    ...wanted,
    how_to_book_html: { ...nowhere, en: '<p>Text (en)</p>' },
    pdf_description: { ...nowhere, fr: 'Texte' },
    id,
    object: 'voucher_prototype',
    mode: 'test',
    provider: 'mybeezbox',
    provider_type: 'stay',
    partner_id: '1',
    order_count: 0,
    metadata: { season: 'summer' },
    details: {},
  })
  expect((await gateway.api(`GET ${PATH}/${id}`)).body).toEqual(made.body)
  expect((await gateway.api(`GET ${PATH}`)).body.data).toContainEqual(made.body)
})

test('what is left out is not sent, but for the cover image of a replacement', async () => {
  const { name, description, long_description, type, stay_price, universe_id } = wanted
  const body = { name, description, long_description, type, stay_price, universe_id }
  const needed = {
    ...spelt('name', name),
    ...spelt('description', description),
    ...spelt('long_description', long_description),
    ...{ type: 'stay', stay_price: 10.5, universe: 1 },
  }
  expect((await gateway.api(`POST ${PATH}`, { body })).status).toBe(201)
  expect(sent().at(-1)?.body).toEqual(needed)
  const replaced = await gateway.api(`PUT ${PATH}/1`, { body })
  expect([replaced.status, replaced.body.id, replaced.body.cover_image_id]).toEqual([200, '1', null])
  expect(sent().at(-1)).toMatchObject({ method: 'PUT', path: '/voucherprototypes/1/' })
  expect(sent().at(-1)?.body).toEqual({ ...needed, cover_image: null })
})

test('its options are those that name it', async () => {
  const { body } = await gateway.api(`GET ${PATH}/1/options`)
  expect(body.data).toMatchObject([{ id: '1', object: 'voucher_option', prototype_ids: ['1'], metadata: {} }])
  expectProblem(await gateway.api(`GET ${PATH}/404/options`), 'not_found')
})

describe('refused is', () => {
  test.each([
    ['/name/ca', 'required', { name: { ...wanted.name, ca: undefined } }],
    ['/long_description', 'required', { long_description: null }],
    ['/rent_conditions/xx', 'unknown_field', { rent_conditions: { xx: 'Text' } }],
    ['/pdf_description/en', 'too_big', { pdf_description: { en: 'a'.repeat(301) } }],
    ['/stay_price/amount', 'too_small', { stay_price: { amount: -1, currency: 'EUR' } }],
    ['/stay_price/currency', 'invalid_value', { stay_price: { amount: 1, currency: 'GBP' } }],
    ['/adults_price/amount', 'invalid_type', { adults_price: { amount: 1.5, currency: 'EUR' } }],
    ['/type', 'invalid_value', { type: 'night' }],
    ['/last_active_day', 'invalid_date', { last_active_day: '2027-02-30' }],
    ['/universe_id', 'invalid_format', { universe_id: 'one' }],
  ])('%s: %s', async (pointer, code, change) => {
    const before = sent().length
    const answer = await gateway.api(`POST ${PATH}`, { body: { ...wanted, ...change } })
    expect(expectProblem(answer, 'validation_failed').errors).toMatchObject([{ pointer, code }])
    expect(sent()).toHaveLength(before)
  })

  test('by the provider an image that it does not have, at our field', async () => {
    const answer = await gateway.api(`POST ${PATH}`, { body: { ...wanted, image_ids: ['404'] } })
    expect(expectProblem(answer, 'provider_rejected').errors).toMatchObject([{ pointer: '/image_ids' }])
  })
})
