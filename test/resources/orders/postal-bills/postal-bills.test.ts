import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { fixture } from '#test/fixture'
import { type FormParts, formRequest, partsOf } from '#test/forms'
import { sampleFile } from '#test/sample-files'
import { type ScriptedHomebox, startScriptedHomebox } from '#test/scripted-homebox'
import { seedKey } from '#test/seed'
import { seedOrder } from '#test/seeded-order'

let homebox: ScriptedHomebox
let id: string
beforeAll(async () => {
  homebox = await startScriptedHomebox()
  id = await seedOrder(homebox.gateway, { providerId: '31' })
})
beforeEach(() => homebox.answers({ body: fixture('homebox', 'postal-bills.create.ok') }))
afterAll(() => homebox.close())

const letter = {
  content: sampleFile('pdf'),
  filename: 'C:\\scans\\bill.PDF',
  type: 'application/octet-stream',
}
const sendForm = (parts: FormParts, more: { query?: string; key?: string } = {}) => {
  const { query = '', ...rest } = more
  return homebox.gateway.api(`POST /v1/orders/${id}/postal-bills${query}`, { ...formRequest(parts), ...rest })
}

const bill = {
  id: '3',
  object: 'postal_bill',
  mode: 'test',
  provider: 'homebox',
  name: 'kyFbpW5dC0lMk7q2jMthQuLA1xP0BaZzFYFItyJk.png',
  url: 'https://path_to_file.com/kyFbpW5dC0lMk7q2jMthQuLA1xP0BaZzFYFItyJk.png',
  notes: 'Tenant note',
  feedback: null,
  state: 'requires_action',
  provider_state: 'Requires Action',
  type: null,
  created_on: '2021-06-21',
}

describe('POST /v1/orders/{order_id}/postal-bills', () => {
  test('sends the documented form, the file under a clean name and its true type', async () => {
    const answer = await sendForm([
      ['notes', 'Tenant note'],
      ['file', letter],
    ])
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual(bill)
    const [sent, ...others] = homebox.requests
    expect([sent?.line, others]).toEqual(['POST /api/partner/order/31/postal-bills', []])
    const { file, tenant_notes, ...rest } = partsOf(
      sent?.body ?? Buffer.alloc(0),
      sent?.headers['content-type'],
    )
    expect(rest).toEqual({})
    expect(String(tenant_notes?.content)).toBe('Tenant note')
    expect(file?.head).toBe(
      'content-disposition: form-data; name="file"; filename="bill.pdf"\r\ncontent-type: application/pdf',
    )
    expect(file?.content.equals(letter.content)).toBe(true)
  })

  test('previews it without sending it', async () => {
    const { body } = await sendForm([['file', letter]], { query: '?preview=true' })
    const path = '/api/partner/order/31/postal-bills'
    const file = { filename: 'bill.pdf', content_type: 'application/pdf' }
    expect(body.requests).toEqual([{ provider: 'homebox', method: 'POST', path, body: { file } }])
    expect(homebox.requests).toEqual([])
  })

  test('is 422 without a file, 415 as JSON', async () => {
    const { errors } = expectProblem(await sendForm([['notes', 'x']]), 'validation_failed')
    expect(errors).toEqual([{ pointer: '/file', code: 'required', message: 'is required' }])
    const json = await homebox.gateway.api(`POST /v1/orders/${id}/postal-bills`, { body: { notes: 'x' } })
    expectProblem(json, 'unsupported_media_type')
  })

  test('is 404 for the order of another account', async () => {
    const { key } = await seedKey(homebox.gateway)
    expectProblem(await sendForm([['file', letter]], { key }), 'not_found')
    expect(homebox.requests).toEqual([])
  })

  test('is an unknown outcome where the answer names no bill', async () => {
    homebox.answers({ body: { data: [] } })
    const { status, body } = await sendForm([['file', letter]])
    expect(status).toBe(202)
    expect(body).toMatchObject({ operation: 'postal_bills.create', state: 'unknown' })
  })
})

describe('GET /v1/orders/{order_id}/postal-bills', () => {
  test('tells the documented bills', async () => {
    homebox.answers({ body: fixture('homebox', 'postal-bills.list.ok') }, { body: { data: [] } })
    const { body } = await homebox.gateway.api(`GET /v1/orders/${id}/postal-bills`)
    expect(body.data).toEqual([
      { ...bill, notes: 'Testing note', type: 'energy', url: expect.stringContaining('amazonaws') },
    ])
    expect(homebox.requests.map(({ line }) => line)).toEqual([
      'GET /api/partner/order/31/postal-bills?page=1',
      'GET /api/partner/order/31/postal-bills?page=2',
    ])
  })
})
