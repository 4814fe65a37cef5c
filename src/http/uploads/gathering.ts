import type { Multipart, MultipartFile, MultipartValue } from '@fastify/multipart'
import { ReceivedFile } from '#contract/uploads'
import { pointerOf } from '#http/field-errors'
import type { FileRules } from '#http/uploads/file-rules'
import { type FileRefusal, receiveFile } from '#http/uploads/receive-file'
import { newTemporaryPath, removeFile } from '#http/uploads/temporary-files'

export const LONGEST_FIELD = 16 * 1024

/** Where the parts of one request come together. */
export interface Gathering {
  readonly body: Readonly<Record<string, unknown>>
  /** What is wrong with them. */
  readonly refusals: readonly FileRefusal[]
  /** Takes a part in, whole. Rejects when the request breaks off. */
  add(part: Multipart): Promise<void>
  /** Removes the files. */
  remove(): Promise<void>
}

const wrong = (name: string, code: string, message: string): FileRefusal => ({
  code: 'validation_failed',
  field: { pointer: pointerOf([name]), code, message },
})

export function createGathering(rules: FileRules): Gathering {
  const body: Record<string, unknown> = {}
  const refusals: FileRefusal[] = []
  const paths: string[] = []

  /** A form sends what was left empty as an empty text. */
  function textOf({ fieldname, value, valueTruncated }: MultipartValue): unknown {
    if (!valueTruncated) return value === '' ? undefined : value
    refusals.push(wrong(fieldname, 'too_big', `must have at most ${LONGEST_FIELD} bytes`))
    return undefined
  }

  async function fileOf(part: MultipartFile): Promise<ReceivedFile | undefined> {
    const rule = Object.hasOwn(rules, part.fieldname) ? rules[part.fieldname] : undefined
    if (!rule) {
      refusals.push(wrong(part.fieldname, 'unknown_field', 'takes no file'))
      part.file.resume()
      return undefined
    }
    const path = newTemporaryPath()
    paths.push(path)
    const received = await receiveFile(part, path, rule.types)
    if (received instanceof ReceivedFile) return received
    if (received) refusals.push(received)
    return undefined
  }

  return {
    body,
    refusals,
    async add(part) {
      const given = part.type === 'field' ? textOf(part) : await fileOf(part)
      if (given === undefined) return
      if (Object.hasOwn(body, part.fieldname))
        refusals.push(wrong(part.fieldname, 'duplicate_field', 'is given more than once'))
      body[part.fieldname] = given
    },
    remove: async () => void (await Promise.all(paths.map(removeFile))),
  }
}
