import type { MultipartFile } from '@fastify/multipart'
import { fileTypeFromBuffer } from 'file-type'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type FileType, fileTypes, ReceivedFile } from '#contract/uploads'
import type { FieldError } from '#contract/vocabulary'
import { pointerOf } from '#http/field-errors'
import { cleanFileName } from '#http/uploads/file-name'

/** Enough for the type of whatever is taken. */
const SAMPLE_BYTES = 4_100

const EXTENSIONS: Readonly<Record<FileType, string>> = {
  'application/pdf': 'pdf',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** What is wrong with a file. */
export interface FileRefusal {
  readonly code: 'payload_too_large' | 'unsupported_media_type' | 'validation_failed'
  readonly field: FieldError
}

/** Writes a part to `path` as it comes in, readable by this user alone, and never over anything that is there. */
async function store({ file }: MultipartFile, path: string) {
  const hash = createHash('sha256')
  const sample: Buffer[] = []
  let bytes = 0
  await pipeline(
    file,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        if (bytes < SAMPLE_BYTES) sample.push(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )
  return { bytes, sha256: hash.digest('hex'), sample: Buffer.concat(sample).subarray(0, SAMPLE_BYTES) }
}

async function typeOf(sample: Buffer): Promise<FileType | null> {
  const found = await fileTypeFromBuffer(sample)
  return fileTypes.find(type => type === found?.mime) ?? null
}

/**
 * Receives one file whole, and says what it is or what is wrong with it; null for the empty part of a form in which no
 * file was chosen. Rejects when the request breaks off.
 */
export async function receiveFile(
  part: MultipartFile,
  path: string,
  taken: readonly FileType[],
): Promise<ReceivedFile | FileRefusal | null> {
  const refuse = (code: FileRefusal['code'], reason: string, message: string) => ({
    code,
    field: { pointer: pointerOf([part.fieldname]), code: reason, message },
  })
  const { bytes, sha256, sample } = await store(part, path)
  if (part.file.truncated) return refuse('payload_too_large', 'too_big', 'is larger than is taken here')
  if (bytes === 0)
    return part.filename ? refuse('validation_failed', 'empty', 'must not be an empty file') : null
  const contentType = await typeOf(sample)
  if (contentType === null || !taken.includes(contentType))
    return refuse('unsupported_media_type', 'invalid_type', `must be one of ${taken.join(', ')}`)
  const filename = cleanFileName(part.filename, EXTENSIONS[contentType])
  return new ReceivedFile({ path, filename, contentType, bytes, sha256 })
}
