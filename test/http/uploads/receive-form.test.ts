import Fastify, { type FastifyInstance } from 'fastify'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { ReceivedFile, UploadedFile } from '#contract/uploads'
import { absentable, text } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { answerBrokenRequests, answerFailures } from '#http/failures'
import { useJsonBodies } from '#http/json-body'
import { identifyRequests } from '#http/request-identity'
import { expectProblem } from '#test/expect-problem'
import { type FormParts, formBody, formType } from '#test/forms'
import { type RawAnswer, sendRaw } from '#test/raw-http'
import { sampleFile } from '#test/sample-files'
import { PATIENCE } from '#test/patience'

const MAX_BYTES = 100_000
const Form = z.strictObject({ note: text(200), image: absentable(UploadedFile) })
const Told = z.looseObject({})

/** What the endpoints were given, and what lay on the disk at that moment. */
const seen: { note: string; image: ReceivedFile | null; content: Buffer | null; mode: number | null }[] = []
let app: FastifyInstance
let port: number
let directory: string

function addEndpoint(path: string, required: boolean) {
  endpoint(app, {
    method: 'POST',
    path,
    operationId: path.slice(1),
    tag: 'Test',
    summary: 'A form',
    description: 'Takes a form.',
    takes: { body: Form },
    files: { image: { types: ['image/jpeg', 'image/png', 'image/heic', 'application/pdf'], required } },
    answers: { 200: { description: 'What came in.', schema: Told } },
    problems: [],
    open: true,
    handle: ({ body: { note, image = null } }) => {
      const content = image && readFileSync(image.path)
      seen.push({ note, image, content, mode: image && statSync(image.path).mode & 0o777 })
      return respond(Told, { note, image })
    },
  })
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'billbridge-test-'))
  vi.stubEnv('TMPDIR', directory)
  app = Fastify({
    requestTimeout: 1_000,
    http: { connectionsCheckingInterval: 50, headersTimeout: 1_000 },
    clientErrorHandler: answerBrokenRequests({ publicUrl: null }),
  })
  app.setErrorHandler(answerFailures({ publicUrl: null }))
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => String)
  app.decorate('uploadMaxBytes', MAX_BYTES)
  identifyRequests(app)
  useJsonBodies(app)
  addEndpoint('/optional', false)
  addEndpoint('/required', true)
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(async () => {
  await app.close()
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  seen.length = 0
})

function headOf(length: number | null, { path = '/optional', type = formType } = {}): string {
  const framing = length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`
  return `POST ${path} HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Type: ${type}\r\n${framing}\r\n\r\n`
}

const send = (parts: FormParts, path = '/optional'): Promise<RawAnswer> => {
  const body = formBody(parts)
  return sendRaw(port, [headOf(body.length, { path }), body])
}

const jpeg = sampleFile('jpeg')
const image = { content: jpeg, filename: 'meter.jpg', type: 'image/jpeg' }

/** Fails while anything is left of what was received. */
const expectNothingLeft = () => vi.waitFor(() => expect(readdirSync(directory)).toEqual([]), PATIENCE)

describe('a form that is whole', () => {
  test('is handed over as fields and files, and its files are removed afterwards', async () => {
    const answer = await send([
      ['note', 'The one under the stairs'],
      ['image', image],
    ])
    expect(answer.status).toBe(200)
    const [given] = seen
    expect(given?.image).toBeInstanceOf(ReceivedFile)
    expect(given).toMatchObject({
      note: 'The one under the stairs',
      image: {
        filename: 'meter.jpg',
        contentType: 'image/jpeg',
        bytes: jpeg.length,
        sha256: createHash('sha256').update(jpeg).digest('hex'),
      },
      mode: 0o600,
    })
    expect(given?.content?.equals(jpeg)).toBe(true)
    await expectNothingLeft()
  })

  test.each([
    ['PNG', 'png', 'image/png', 'png'],
    ['HEIC', 'heic', 'image/heic', 'heic'],
    ['PDF', 'pdf', 'application/pdf', 'pdf'],
  ] as const)(
    'is known by its bytes, whatever its sender calls it: %s',
    async (_name, kind, type, extension) => {
      const content = sampleFile(kind)
      await send([
        ['note', 'x'],
        ['image', { content, filename: 'scan.gif', type: 'image/gif' }],
      ])
      expect(seen[0]?.image).toMatchObject({ contentType: type, filename: `scan.${extension}` })
    },
  )

  test('may be as small as a file gets', async () => {
    await send([
      ['note', 'x'],
      ['image', { ...image, content: sampleFile('pdf', 0) }],
    ])
    expect(seen[0]?.image?.contentType).toBe('application/pdf')
  })

  test('may hold a file of exactly the largest size', async () => {
    const content = sampleFile('jpeg', MAX_BYTES)
    expect(
      (
        await send([
          ['note', 'x'],
          ['image', { ...image, content }],
        ])
      ).status,
    ).toBe(200)
    expect(seen[0]?.content?.equals(content)).toBe(true)
  })

  test.each([
    ['a field left empty', ''],
    ['a part without a file', { content: Buffer.alloc(0), filename: '' }],
  ])('may leave out what is optional: %s', async (_name, value) => {
    expect(
      (
        await send([
          ['note', 'x'],
          ['image', value],
        ])
      ).status,
    ).toBe(200)
    expect(seen[0]).toMatchObject({ note: 'x', image: null })
    await expectNothingLeft()
  })

  test('may come in chunks of unknown length', async () => {
    const body = formBody([
      ['note', 'x'],
      ['image', image],
    ])
    const chunk = `${body.length.toString(16)}\r\n`
    const answer = await sendRaw(port, [headOf(null), chunk, body, '\r\n0\r\n\r\n'])
    expect(answer.status).toBe(200)
    expect(seen[0]?.content?.equals(jpeg)).toBe(true)
  })

  test('may be JSON where no file is required', async () => {
    const body = '{"note":"x","image":null}'
    const head = headOf(body.length, { type: 'application/json' })
    expect((await sendRaw(port, [head, body])).status).toBe(200)
  })
})

describe('what is wrong with a form is told with pointers', () => {
  test.each<[string, FormParts, string, string]>([
    [
      'an unknown field',
      [
        ['note', 'x'],
        ['nonsense', '1'],
      ],
      '/nonsense',
      'unknown_field',
    ],
    ['a missing field', [['image', image]], '/note', 'required'],
    [
      'a field twice',
      [
        ['note', 'x'],
        ['note', 'y'],
      ],
      '/note',
      'duplicate_field',
    ],
    ['a field that is too long', [['note', 'x'.repeat(20_000)]], '/note', 'too_big'],
    [
      'a text in place of a file',
      [
        ['note', 'x'],
        ['image', 'me'],
      ],
      '/image',
      'invalid',
    ],
    ['a file in place of a text', [['note', { ...image }]], '/note', 'unknown_field'],
    [
      'an empty file',
      [
        ['note', 'x'],
        ['image', { ...image, content: Buffer.alloc(0) }],
      ],
      '/image',
      'empty',
    ],
    [
      'two files',
      [
        ['note', 'x'],
        ['image', image],
        ['image', image],
      ],
      '/image',
      'duplicate_field',
    ],
  ])('422: %s', async (_name, parts, pointer, code) => {
    const { errors } = expectProblem(await send(parts), 'validation_failed')
    expect(errors).toContainEqual({ pointer, code, message: expect.any(String) })
    expect(seen).toEqual([])
    await expectNothingLeft()
  })

  test.each(['gif', 'text', 'heif'] as const)(
    '415: a file that is not of a type taken here: %s',
    async kind => {
      const content = sampleFile(kind)
      const problem = expectProblem(
        await send([
          ['note', 'x'],
          ['image', { ...image, content }],
        ]),
        'unsupported_media_type',
      )
      const message = 'must be one of image/jpeg, image/png, image/heic, application/pdf'
      expect(problem.errors).toEqual([{ pointer: '/image', code: 'invalid_type', message }])
      await expectNothingLeft()
    },
  )

  test('413: a file one byte larger than is taken', async () => {
    const content = sampleFile('jpeg', MAX_BYTES + 1)
    const problem = expectProblem(
      await send([
        ['note', 'x'],
        ['image', { ...image, content }],
      ]),
      'payload_too_large',
    )
    const message = 'is larger than is taken here'
    expect(problem.errors).toEqual([{ pointer: '/image', code: 'too_big', message }])
    await expectNothingLeft()
  })

  test('415: JSON where a file is required', async () => {
    const head = headOf(2, { path: '/required', type: 'application/json' })
    expectProblem(await sendRaw(port, [head, '{}']), 'unsupported_media_type')
  })

  test('no JSON can pass for a file', async () => {
    const body = JSON.stringify({
      note: 'x',
      image: { path: '/etc/passwd', filename: 'a', contentType: 'image/png' },
    })
    const head = headOf(body.length, { type: 'application/json' })
    const { errors } = expectProblem(await sendRaw(port, [head, body]), 'validation_failed')
    expect(errors).toMatchObject([{ pointer: '/image' }])
  })
})

describe('a form that is broken', () => {
  const whole = formBody([
    ['note', 'x'],
    ['image', image],
  ])
  const unended = formBody(
    [
      ['note', 'x'],
      ['image', image],
    ],
    { ended: false },
  )

  test.each([
    ['without its last boundary', unended],
    ['that ends within a file', whole.subarray(0, whole.length - 500)],
    ['that ends within a field', whole.subarray(0, 60)],
    ['of bytes that are no form', Buffer.from('note=x')],
    ['with a field named as a prototype', formBody([['__proto__', 'x']])],
  ])('is answered 400: one %s', async (_name, body) => {
    expectProblem(await sendRaw(port, [headOf(body.length), body]), 'malformed_request')
    expect(seen).toEqual([])
    await expectNothingLeft()
  })

  test.each<[string, FormParts]>([
    ['fields', Array.from({ length: 200 }, (_, at) => [`f${at}`, 'x'])],
    ['files', Array.from({ length: 6 }, (_, at) => [`f${at}`, image])],
  ])('is answered 400 with its cause: one of more %s than are taken', async (_name, parts) => {
    const body = formBody(parts)
    const problem = expectProblem(await sendRaw(port, [headOf(body.length), body]), 'malformed_request')
    expect(problem.detail).toBe('The form has more than 60 fields, or more files than are taken here.')
    expect(seen).toEqual([])
    await expectNothingLeft()
  })

  test('is answered 400 without a boundary in its content type', async () => {
    const head = headOf(whole.length, { type: 'multipart/form-data' })
    expectProblem(await sendRaw(port, [head, whole]), 'malformed_request')
  })

  test('leaves nothing behind when its sender goes away within a file', async () => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(headOf(whole.length))
    socket.write(whole.subarray(0, whole.length - 500))
    await vi.waitFor(() => expect(readdirSync(directory)).toHaveLength(1), PATIENCE)
    socket.destroy()
    await expectNothingLeft()
    expect(seen).toEqual([])
  })

  test('leaves nothing behind when it never comes to its end', async () => {
    expectProblem(await sendRaw(port, [headOf(whole.length), whole.subarray(0, 400)]), 'request_timeout')
    await expectNothingLeft()
  })
})
