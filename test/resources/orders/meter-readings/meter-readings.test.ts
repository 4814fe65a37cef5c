import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectProblem } from '#test/expect-problem'
import { fixture } from '#test/fixture'
import { type FormParts, formRequest, partsOf } from '#test/forms'
import { sampleFile } from '#test/sample-files'
import { type ScriptedHomebox, startScriptedHomebox } from '#test/scripted-homebox'
import { seedOrder } from '#test/seeded-order'
import { PATIENCE } from '#test/patience'

let homebox: ScriptedHomebox
let id: string
let directory: string
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'billbridge-test-'))
  vi.stubEnv('TMPDIR', directory)
  homebox = await startScriptedHomebox({ UPLOAD_MAX_BYTES: '50000' })
  id = await seedOrder(homebox.gateway, { providerId: '31' })
})
beforeEach(() => homebox.answers({ body: fixture('homebox', 'meter-readings.create.order') }))
afterAll(async () => {
  await homebox.close()
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})

const picture = sampleFile('jpeg', 40_000)
const gas: FormParts = [
  ['type', 'gas'],
  ['reading', '299'],
  ['read_on', '2021-06-20'],
]
const image = { content: picture, filename: 'John Smith, gas.jpg', type: 'image/jpeg' }
const withPicture: FormParts = [...gas, ['image', image]]

const post = (request: object, query = '') =>
  homebox.gateway.api(`POST /v1/orders/${id}/meter-readings${query}`, request)
const sendForm = (parts: FormParts, headers: Record<string, string> = {}) => {
  const { payload, headers: type } = formRequest(parts)
  return post({ payload, headers: { ...type, ...headers } })
}
const expectNothingLeft = () => vi.waitFor(() => expect(readdirSync(directory)).toEqual([]), PATIENCE)

const reading = {
  id: '3',
  object: 'meter_reading',
  mode: 'test',
  provider: 'homebox',
  type: 'gas',
  provider_type: 'Gas',
  reading: 299,
  reading_2: null,
  read_on: '2021-06-20',
  state: 'complete',
  provider_state: 'complete',
  image_url: 'path/to/file.jpg',
  supplier: null,
}

describe('POST /v1/orders/{order_id}/meter-readings', () => {
  test('sends the documented form once, picture and all, and keeps no picture', async () => {
    const answer = await sendForm(withPicture)
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual(reading)
    expect(homebox.requests.map(({ line }) => line)).toEqual(['POST /api/partner/order/31/readings'])
    const [sent] = homebox.requests
    const parts = partsOf(sent?.body ?? Buffer.alloc(0), sent?.headers['content-type'])
    const { image: file, ...fields } = parts
    const texts = Object.entries(fields).map(([name, { content }]) => [name, String(content)])
    expect(Object.fromEntries(texts)).toEqual({
      date_of_reading: '2021-06-20',
      reading: '299',
      type: 'gas',
    })
    expect(file?.head).toBe(
      'content-disposition: form-data; name="image"; filename="John Smith, gas.jpg"\r\ncontent-type: image/jpeg',
    )
    expect(file?.content.equals(picture)).toBe(true)
    await expectNothingLeft()
  })

  test('takes JSON where there is no picture', async () => {
    const body = { type: 'electricity', reading: 299, reading_2: 117, read_on: '2021-06-20' }
    expect((await post({ body })).status).toBe(201)
    const [sent] = homebox.requests
    const parts = partsOf(sent?.body ?? Buffer.alloc(0), sent?.headers['content-type'])
    expect(Object.entries(parts).map(([name, { content }]) => [name, String(content)])).toEqual([
      ['date_of_reading', '2021-06-20'],
      ['reading', '299'],
      ['reading2', '117'],
      ['type', 'electric'],
    ])
  })

  test('answers a key the same again for the same picture, and refuses another one under it', async () => {
    const headers = { 'idempotency-key': 'gas-299' }
    const first = await sendForm(withPicture, headers)
    const again = await sendForm(withPicture, headers)
    expect(again.text).toBe(first.text)
    expect(again.headers['idempotent-replayed']).toBe('true')
    const other = { ...image, content: Buffer.concat([picture, Buffer.from('.')]) }
    expectProblem(await sendForm([...gas, ['image', other]], headers), 'idempotency_mismatch')
    const renamed = { ...image, filename: 'other.jpg' }
    expectProblem(await sendForm([...gas, ['image', renamed]], headers), 'idempotency_mismatch')
    expect(homebox.requests).toHaveLength(1)
    await expectNothingLeft()
  })

  test('previews the form, its picture by name and type, and sends nothing', async () => {
    const { payload, headers } = formRequest(withPicture)
    const { status, body } = await post({ payload, headers }, '?preview=true')
    expect(status).toBe(200)
    expect(body.requests).toEqual([
      {
        provider: 'homebox',
        method: 'POST',
        path: '/api/partner/order/31/readings',
        body: {
          date_of_reading: '2021-06-20',
          reading: '299',
          type: 'gas',
          image: { filename: 'John Smith, gas.jpg', content_type: 'image/jpeg' },
        },
      },
    ])
    expect(homebox.requests).toEqual([])
    await expectNothingLeft()
  })

  test.each<[string, FormParts, string]>([
    ['two figures of gas', [...gas, ['reading_2', '117']], '/reading_2'],
    [
      'a figure of 0',
      [
        ['type', 'gas'],
        ['reading', '0'],
        ['read_on', '2021-06-20'],
      ],
      '/reading',
    ],
    [
      'half a figure',
      [
        ['type', 'gas'],
        ['reading', '299.5'],
        ['read_on', '2021-06-20'],
      ],
      '/reading',
    ],
    [
      'a date with slashes',
      [
        ['type', 'gas'],
        ['reading', '299'],
        ['read_on', '2021/06/20'],
      ],
      '/read_on',
    ],
    ['their word for electricity', [['type', 'electric'], ...gas.slice(1)], '/type'],
    ['no date', gas.slice(0, 2), '/read_on'],
    ['a field of theirs', [...gas, ['reading2', '117']], '/reading2'],
  ])('is 422 with %s, and asks nobody', async (_name, parts, pointer) => {
    const { errors } = expectProblem(await sendForm(parts), 'validation_failed')
    expect(errors).toMatchObject([{ pointer }])
    expect(homebox.requests).toEqual([])
    await expectNothingLeft()
  })

  test.each([
    ['-1', 'must be at least 1'],
    ['1000000000', 'must be at most 999999999'],
  ])('tells the range for a figure of %s', async (figure, message) => {
    const parts: FormParts = [
      ['type', 'gas'],
      ['reading', figure],
      ['read_on', '2021-06-20'],
    ]
    const { errors } = expectProblem(await sendForm(parts), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/reading', message }])
  })

  test('is 415 with a PDF for a picture, 413 with a large one', async () => {
    const pdf = { ...image, content: sampleFile('pdf') }
    expectProblem(await sendForm([...gas, ['image', pdf]]), 'unsupported_media_type')
    const large = { ...image, content: sampleFile('jpeg', 50_001) }
    expectProblem(await sendForm([...gas, ['image', large]]), 'payload_too_large')
    await expectNothingLeft()
  })

  test('tells a refusal with our pointers', async () => {
    const errors = { date_of_reading: ['It is in the future.'], reading2: ['No such meter.'] }
    homebox.answers({ status: 422, body: { message: 'The given data was invalid.', errors } })
    const problem = expectProblem(await sendForm(withPicture), 'provider_rejected')
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/read_on', '/reading_2'])
    await expectNothingLeft()
  })

  test('is 202 when the answer is none, is not sent again, and says how to find out', async () => {
    homebox.answers({ status: 500, body: { message: 'Server Error' } })
    const headers = { 'idempotency-key': 'lost' }
    const lost = await sendForm(withPicture, headers)
    expect(lost.status).toBe(202)
    expect(lost.body).toMatchObject({
      operation: 'meter_readings.create',
      state: 'unknown',
      reconcile: 'by_person',
      hint: expect.stringContaining('List the readings'),
    })
    expect((await sendForm(withPicture, headers)).text).toBe(lost.text)
    expect(homebox.requests).toHaveLength(1)
    await expectNothingLeft()
  })

  test('ends not sent when a person has it sent again, for the picture is gone', async () => {
    homebox.answers({ status: 500, body: { message: 'Server Error' } })
    const { body: lost } = await sendForm(withPicture)
    homebox.answers({ body: fixture('homebox', 'meter-readings.create.order') })
    const body = { outcome: 'did_not_happen', send_again: true }
    await homebox.gateway.api(`POST /v1/operations/${lost.id}/resolve`, { body })
    const { body: operation } = await homebox.gateway.api(`GET /v1/operations/${lost.id}`)
    expect(operation).toMatchObject({ state: 'not_sent' })
    expect(operation.error.message).toContain('not there any more')
    expect(homebox.requests).toEqual([])
  })

  test('logs nothing of how its sender calls the picture', async () => {
    await sendForm(withPicture)
    expect(homebox.gateway.logs.join('')).not.toContain('John Smith')
    await homebox.gateway.services.callLog.flush()
    const { text } = await homebox.gateway.api(`GET /v1/provider-calls?resource=${id}`)
    expect(text).toContain('date_of_reading')
    expect(text).not.toContain('John Smith')
  })
})

describe('GET /v1/orders/{order_id}/meter-readings', () => {
  test('tells the documented readings, page by page until one is empty', async () => {
    homebox.answers({ body: fixture('homebox', 'meter-readings.list.ok') }, { body: { data: [] } })
    const { status, body } = await homebox.gateway.api(`GET /v1/orders/${id}/meter-readings`)
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'list',
      data: [{ ...reading, id: '2', image_url: null }],
      has_more: false,
      next_cursor: null,
    })
    expect(homebox.requests.map(({ line }) => line)).toEqual([
      'GET /api/partner/order/31/readings?page=1',
      'GET /api/partner/order/31/readings?page=2',
    ])
  })

  test('goes on within a page of the provider', async () => {
    const data = [{ id: 5 }, { id: 4 }, { id: 3 }]
    homebox.answers({ body: { data } })
    const first = (await homebox.gateway.api(`GET /v1/orders/${id}/meter-readings?limit=2`)).body
    expect(first).toMatchObject({ data: [{ id: '5' }, { id: '4' }], has_more: true })
    homebox.answers({ body: { data } }, { body: { data: [] } })
    const path = `/v1/orders/${id}/meter-readings?limit=2&cursor=${first.next_cursor}` as const
    const second = (await homebox.gateway.api(`GET ${path}`)).body
    expect(second).toMatchObject({ data: [{ id: '3' }], has_more: false })
  })
})
