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
const partner = 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'
const pdf = sampleFile('pdf')
const identity = { type: 'identity_proof', comment: 'Passport', file: { filename: 'pass.pdf', content: pdf } }

type Parts = Readonly<Record<string, string | FormFile>>

function post(parts: Parts, query = '', of = partner) {
  return gateway.api(`POST /v1/partners/${of}/kyc-documents${query}`, formRequest(Object.entries(parts)))
}
const level = async () => (await gateway.api(`GET /v1/partners/${partner}/kyc`)).body

test('a partner who is not validated is an answer, not an error', async () => {
  const { status, body } = await gateway.api(`GET /v1/partners/${partner}/kyc`)
  expect(sent().at(-1)?.path).toBe(`/kyc/${partner}/`)
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      object: 'kyc_level',
      mode: 'test',
      provider: 'mybeezbox',
      partner_id: '1',
      partner_uuid: partner,
      state: 'not_validated',
      provider_state: 'error',
      reason: 'KYC has not been validated for this partner',
      errors: ['IDENTITY_PROOF', 'REGISTRATION_PROOF'],
      details: {},
    },
  })
})

test('documents are handed over byte for byte, until the partner is validated', async () => {
  const made = await post(identity)
  expect(sent().at(-1)).toMatchObject({
    method: 'POST',
    path: '/kycdocuments/',
    body: {
      partner_uuid: partner,
      comment: 'Passport',
      document_type: 'IDENTITY_PROOF',
      file: {
        filename: 'pass.pdf',
        content_type: 'application/pdf',
        bytes: pdf.length,
        sha256: createHash('sha256').update(pdf).digest('hex'),
      },
    },
  })
  expect(made.status).toBe(201)
  expect(made.body).toEqual({
    id: expect.any(String),
    object: 'kyc_document',
    mode: 'test',
    provider: 'mybeezbox',
    partner_id: '1',
    partner_uuid: partner,
    type: 'identity_proof',
    provider_type: 'IDENTITY_PROOF',
    comment: 'Passport',
    details: {},
  })
  expect(await level()).toMatchObject({ state: 'not_validated', errors: ['REGISTRATION_PROOF'] })
  await post({ ...identity, type: 'registration_proof' })
  expect(await level()).toMatchObject({ state: 'validated', provider_state: 'ok', errors: [] })
})

describe('refused is', () => {
  const big = { filename: 'pass.pdf', content: sampleFile('pdf', 30_000) }
  const gif = { filename: 'pass.gif', content: sampleFile('gif') }
  const disguised = { filename: 'pass.pdf', content: sampleFile('text') }
  const { file, ...texts } = identity
  test.each([
    ['a file that is too large', { ...identity, file: big }, 'payload_too_large'],
    ['a file of another type', { ...identity, file: gif }, 'unsupported_media_type'],
    ['a text that is called a document', { ...identity, file: disguised }, 'unsupported_media_type'],
    ['a form without a file', texts, 'validation_failed'],
    ['a form without a comment', { type: 'identity_proof', file }, 'validation_failed'],
    ['a document of no known type', { ...identity, type: 'IDENTITY_PROOF' }, 'validation_failed'],
  ] satisfies [string, Parts, ProblemCode][])('%s', async (_what, parts, code) => {
    const before = sent().length
    expectProblem(await post(parts), code)
    expect(sent()).toHaveLength(before)
  })

  test('a partner whom nobody knows', async () => {
    const stranger = '015862e4-46f4-4230-90e5-3d92607133aa'
    expectProblem(await post(identity, '', stranger), 'provider_rejected')
    const before = sent().length
    expectProblem(await post(identity, '', '1'), 'not_found')
    expect(sent()).toHaveLength(before)
  })
})

test('a lost answer leaves an operation for a person, and the document cannot be sent again', async () => {
  const lost = await post({ ...identity, comment: 'Passport Zz-Answer-Lost' })
  expect([lost.status, lost.body.operation, lost.body.state]).toEqual([202, 'kyc.pushDocument', 'unknown'])
  const body = { outcome: 'did_not_happen', send_again: true }
  const again = await gateway.api(`POST /v1/operations/${lost.body.id}/resolve`, { body })
  expect(again.body.state).toBe('not_sent')
})

test('a preview names the file and sends nothing', async () => {
  const before = sent().length
  const { body } = await post(identity, '?preview=true')
  expect(body.requests).toMatchObject([
    { path: '/kycdocuments/', body: { document_type: 'IDENTITY_PROOF', file: { filename: 'pass.pdf' } } },
  ])
  expect(sent()).toHaveLength(before)
})
