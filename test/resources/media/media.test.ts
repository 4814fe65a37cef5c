import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProblemCode } from '#contract/problems'
import { expectProblem } from '#test/expect-problem'
import { type FormFile, formRequest } from '#test/forms'
import { startTestGateway, type TestGateway } from '#test/gateway'
import { sampleFile } from '#test/sample-files'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ environment: { UPLOAD_MAX_BYTES: '20000' } })
})
afterAll(() => gateway.close())

const sent = () => gateway.simulators.mybeezbox.requests()
const picture = sampleFile('png')
const front = { filename: 'front.png', content: picture }

type Parts = Readonly<Record<string, string | FormFile>>

function post(parts: Parts, more: Readonly<Record<string, string>> = {}, query = '') {
  const { payload, headers } = formRequest(Object.entries(parts))
  return gateway.api(`POST /v1/media${query}`, { payload, headers: { ...headers, ...more } })
}

test('a picture is handed over byte for byte, under its name', async () => {
  const made = await post({ name: 'Front', file: front })
  expect(sent().at(-1)).toMatchObject({
    method: 'POST',
    path: '/medias/',
    body: {
      name: 'Front',
      file: {
        filename: 'front.png',
        content_type: 'image/png',
        bytes: picture.length,
        sha256: createHash('sha256').update(picture).digest('hex'),
      },
    },
  })
  const { id } = made.body
  expect([made.status, made.headers['location']]).toEqual([201, `/v1/media/${id}`])
  expect(made.body).toEqual({
    id,
    object: 'media',
    mode: 'test',
    provider: 'mybeezbox',
    name: 'Front',
    details: { file: `/media/${id}-front.png` },
  })
  expect((await gateway.api(`GET /v1/media/${id}`)).body).toEqual(made.body)
  expect((await gateway.api('GET /v1/media')).body.data).toContainEqual(made.body)
})

test('the same key hands it over once, and another picture under it is refused', async () => {
  const key = { 'idempotency-key': 'front' }
  const first = await post({ name: 'Front', file: front }, key)
  const before = sent().length
  expect((await post({ name: 'Front', file: front }, key)).text).toBe(first.text)
  const other = { ...front, content: sampleFile('png', 3_000) }
  expectProblem(await post({ name: 'Front', file: other }, key), 'idempotency_mismatch')
  expect(sent()).toHaveLength(before)
})

test('a lost answer leaves an operation', async () => {
  const lost = await post({ name: 'Front Zz-Answer-Lost', file: front })
  expect([lost.status, lost.body.operation, lost.body.state]).toEqual([202, 'media.create', 'unknown'])
})

test('a preview names the file and sends nothing', async () => {
  const before = sent().length
  const { body } = await post({ name: 'Front', file: front }, {}, '?preview=true')
  expect(body.requests).toEqual([
    {
      provider: 'mybeezbox',
      method: 'POST',
      path: '/medias/',
      body: { name: 'Front', file: { filename: 'front.png', content_type: 'image/png' } },
    },
  ])
  expect(sent()).toHaveLength(before)
})

describe('refused is', () => {
  test.each([
    [
      'a file that is too large',
      { name: 'A', file: { ...front, content: sampleFile('png', 30_000) } },
      'payload_too_large',
    ],
    [
      'a file of another type',
      { name: 'A', file: { filename: 'a.pdf', content: sampleFile('pdf') } },
      'unsupported_media_type',
    ],
    ['a form without a file', { name: 'A' }, 'validation_failed'],
    ['a form without a name', { file: front }, 'validation_failed'],
  ] satisfies [string, Parts, ProblemCode][])('%s', async (_what, parts, code) => {
    const before = sent().length
    expectProblem(await post(parts), code)
    expect(sent()).toHaveLength(before)
  })

  test('a body that is no form', async () => {
    expectProblem(await gateway.api('POST /v1/media', { body: { name: 'A' } }), 'unsupported_media_type')
  })
})

test('a media that nothing uses is renamed, and one that is used is not', async () => {
  const renamed = await gateway.api('PATCH /v1/media/2', { body: { name: 'Terrace' } })
  expect([renamed.status, renamed.body.name]).toEqual([200, 'Terrace'])
  expect(sent().at(-1)).toMatchObject({ method: 'PATCH', path: '/medias/2/', body: { name: 'Terrace' } })
  const { body: made } = await gateway.api('GET /v1/voucher-prototypes/1')
  const { name, description, long_description } = made
  const changes = {
    ...{ name, description, long_description },
    ...{ type: 'stay', stay_price: { amount: 1, currency: 'EUR' }, universe_id: '1', image_ids: ['2'] },
  }
  await gateway.api('PUT /v1/voucher-prototypes/1', { body: changes })
  const refused = await gateway.api('PATCH /v1/media/2', { body: { name: 'Roof' } })
  expect(expectProblem(refused, 'provider_rejected').errors).toMatchObject([{ pointer: '/name' }])
})

test('a picture that is gone cannot be sent again', async () => {
  const { body: lost } = await post({ name: 'Front Zz-Answer-Lost', file: front })
  const before = gateway.simulators.mybeezbox.count('media.create')
  const again = await gateway.api(`POST /v1/operations/${lost.id}/resolve`, {
    body: { outcome: 'did_not_happen', send_again: true },
  })
  expect(again.body).toMatchObject({ operation: 'media.create', state: 'not_sent' })
  expect(gateway.simulators.mybeezbox.count('media.create')).toBe(before)
})
