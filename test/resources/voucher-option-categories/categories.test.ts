import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { mybeezboxInputs } from '#test/conformance-mybeezbox'
import { startTestGateway, type TestGateway } from '#test/gateway'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const wanted = mybeezboxInputs['categories.create']
const sent = () => gateway.simulators.mybeezbox.requests().at(-1)
const named = (suffix: string) => ({ ...wanted, name: { ...wanted.name, en: `Category ${suffix}` } })

test('a category is made with exactly what the document names, and shown with its metadata', async () => {
  const metadata = { shelf: 'A7' }
  const made = await gateway.api('POST /v1/voucher-option-categories', { body: { ...wanted, metadata } })
  expect(sent()).toMatchObject({
    method: 'POST',
    path: '/voucheroptioncategories/',
    body: {
      name_en: 'Category',
      name_fr: 'Catégorie',
      name_es: 'Categoría',
      name_it: 'Categoria',
      name_de: 'Kategorie',
      name_nl: 'Categorie',
      name_ca: 'Categoria',
      name_pt: 'Categoria',
      description_en: 'Description',
      description_fr: 'Description',
      description_es: 'Descripción',
      description_it: 'Descrizione',
      description_de: 'Beschreibung',
      description_nl: 'Beschrijving',
      description_ca: 'Descripció',
      description_pt: 'string',
      is_active: true,
      ranking: 10,
      min_number_options: 10,
      max_number_options: 10,
      partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
    },
  })
  const { id } = made.body
  expect(made.status).toBe(201)
  expect(made.headers['location']).toBe(`/v1/voucher-option-categories/${id}`)
  expect(made.body).toEqual({
    ...wanted,
    id,
    object: 'voucher_option_category',
    mode: 'test',
    provider: 'mybeezbox',
    partner_id: '1',
    metadata,
    details: {},
  })
  expect((await gateway.api(`GET /v1/voucher-option-categories/${id}`)).body).toEqual(made.body)
  const list = await gateway.api('GET /v1/voucher-option-categories')
  expect(list.body.data).toContainEqual(made.body)
})

test('a category is replaced as a whole, again and again', async () => {
  const changes = named('of rooms')
  const once = await gateway.api('PUT /v1/voucher-option-categories/1', { body: changes })
  const twice = await gateway.api('PUT /v1/voucher-option-categories/1', { body: changes })
  expect([once.status, once.body.name.en]).toEqual([200, 'Category of rooms'])
  expect(twice.body).toEqual(once.body)
  const request = sent()
  expect([request?.method, request?.path]).toEqual(['PUT', '/voucheroptioncategories/1/'])
  expectProblem(await gateway.api('PUT /v1/voucher-option-categories/404', { body: changes }), 'not_found')
})

test('a missing language is named', async () => {
  const { pt: _, ...name } = wanted.name
  const answer = await gateway.api('POST /v1/voucher-option-categories', { body: { ...wanted, name } })
  expect(expectProblem(answer, 'validation_failed').errors).toEqual([
    { pointer: '/name/pt', code: 'required', message: 'is required' },
  ])
})
