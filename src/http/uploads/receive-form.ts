import type { FastifyRequest } from 'fastify'
import { ReceivedFile } from '#contract/uploads'
import type { FieldError } from '#contract/vocabulary'
import { invalid, ProblemError } from '#http/problem-error'
import type { FileRules } from '#http/uploads/file-rules'
import { createGathering, LONGEST_FIELD } from '#http/uploads/gathering'
import type { FileRefusal } from '#http/uploads/receive-file'

/** A multipart request, received whole. Its files are removed when it is disposed of. */
export interface ReceivedForm extends AsyncDisposable {
  /** Fields as text, and files, by name: what a JSON body would be. */
  readonly body: Readonly<Record<string, unknown>>
  /** What makes two such requests the same one. */
  readonly fingerprint: unknown
}

const MOST_FIELDS = 60

function limitsFor(rules: FileRules, maxBytes: number) {
  const files = Object.keys(rules).length + 2
  return {
    fieldNameSize: 100,
    fieldSize: LONGEST_FIELD,
    fields: MOST_FIELDS,
    fileSize: maxBytes,
    files,
    parts: MOST_FIELDS + files,
    headerPairs: 20,
  }
}

const DETAILS = {
  payload_too_large: 'A file is larger than is taken here.',
  unsupported_media_type: 'A file is of a type that is not taken here.',
} as const

/** The gravest kind of what is wrong, with all fields that it is true of. */
function problemOf(refusals: readonly FileRefusal[]): ProblemError {
  const fieldsOf = (code: FileRefusal['code']): FieldError[] =>
    refusals.filter(refusal => refusal.code === code).map(({ field }) => field)
  for (const code of ['payload_too_large', 'unsupported_media_type'] as const) {
    const fields = fieldsOf(code)
    if (fields.length > 0) return new ProblemError(code, DETAILS[code], { fields })
  }
  return invalid(...fieldsOf('validation_failed'))
}

const TOO_MANY = ['FST_FIELDS_LIMIT', 'FST_FILES_LIMIT', 'FST_PARTS_LIMIT']

function detailOf(cause: unknown): string {
  const hasTooMany = cause instanceof Error && 'code' in cause && TOO_MANY.includes(String(cause.code))
  return hasTooMany
    ? `The form has more than ${MOST_FIELDS} fields, or more files than are taken here.`
    : 'The body is no complete multipart/form-data.'
}

/** What broke while a form came in: its sender's doing, unless the operating system says otherwise. */
function brokenForm(cause: unknown): unknown {
  if (cause instanceof Error && 'syscall' in cause && !('code' in cause && cause.code === 'ECONNRESET'))
    return cause
  return new ProblemError('malformed_request', detailOf(cause), {
    // What has not been read of it would be taken for the next request.
    headers: { connection: 'close' },
    cause,
  })
}

function fingerprintOf(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const told = Object.entries(body).map(([name, value]) => {
    if (!(value instanceof ReceivedFile)) return [name, value] as const
    const { filename, contentType, sha256 } = value
    return [name, { filename, content_type: contentType, sha256 }] as const
  })
  return Object.fromEntries(told)
}

/**
 * Receives a multipart request to its end: files into temporary files, hashed and checked on the way, never in memory.
 * Throws `malformed_request` for one that is cut off, `payload_too_large`, `unsupported_media_type` and
 * `validation_failed` with pointers, and leaves no file behind then.
 */
export async function receiveForm(
  request: FastifyRequest,
  rules: FileRules,
  maxBytes: number,
): Promise<ReceivedForm> {
  const { body, refusals, add, remove } = createGathering(rules)
  try {
    for await (const part of request.parts({ limits: limitsFor(rules, maxBytes) })) await add(part)
    if (refusals.length > 0) throw problemOf(refusals)
  } catch (err) {
    await remove()
    throw err instanceof ProblemError ? err : brokenForm(err)
  }
  return { body, fingerprint: fingerprintOf(body), [Symbol.asyncDispose]: remove }
}
