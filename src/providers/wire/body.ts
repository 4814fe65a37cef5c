import type { Readable } from 'node:stream'
import type { RequestBody } from '#providers/port/upstream'
import { openMultipart } from '#providers/wire/multipart'

export interface OpenedBody {
  readonly headers: Readonly<Record<string, string>>
  readonly content: string | Readable | null
  /** Lets go of files. Must be called when the exchange is over. */
  readonly close: () => Promise<void>
}

const nothingToClose = async () => undefined

/** Turns a body into bytes and the headers that describe them. Throws when a file cannot be read. */
export async function openBody(body: RequestBody | undefined): Promise<OpenedBody> {
  switch (body?.kind) {
    case 'json':
      return {
        headers: { 'content-type': 'application/json' },
        content: JSON.stringify(body.value),
        close: nothingToClose,
      }
    case 'form':
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        content: new URLSearchParams(body.fields).toString(),
        close: nothingToClose,
      }
    case 'multipart': {
      const { contentType, length, stream, close } = await openMultipart(body)
      return {
        headers: { 'content-type': contentType, 'content-length': String(length) },
        content: stream,
        close,
      }
    }
    default:
      return { headers: {}, content: null, close: nothingToClose }
  }
}

/** The body as it is logged and previewed; files by name and type only. */
export function showBody(body: RequestBody | undefined): unknown {
  switch (body?.kind) {
    case 'json':
      return body.value
    case 'form':
      return body.fields
    case 'multipart': {
      const files = Object.entries(body.files).map(([name, { filename, contentType }]) => [
        name,
        { filename, content_type: contentType },
      ])
      return { ...body.fields, ...Object.fromEntries(files) }
    }
    default:
      return null
  }
}
