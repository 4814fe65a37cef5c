import { randomUUID } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { RequestBody } from '#providers/port/upstream'

type Multipart = Extract<RequestBody, { kind: 'multipart' }>

interface Part {
  readonly head: Buffer
  readonly body: Buffer | { readonly file: FileHandle; readonly size: number }
}

/** As browsers write it (HTML, "multipart/form-data encoding algorithm"). */
function quoted(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}

function partHead(boundary: string, name: string, file?: { filename: string; contentType: string }): Buffer {
  const filename = file ? `; filename="${quoted(file.filename)}"` : ''
  const type = file ? `content-type: ${file.contentType.replace(/[\r\n]/g, '')}\r\n` : ''
  return Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"${filename}\r\n${type}\r\n`,
  )
}

async function* write(parts: readonly Part[], end: Buffer): AsyncGenerator<Buffer> {
  for (const { head, body } of parts) {
    yield head
    if (Buffer.isBuffer(body)) yield body
    else if (body.size > 0) yield* body.file.createReadStream({ end: body.size - 1, autoClose: false })
    yield Buffer.from('\r\n')
  }
  yield end
}

/**
 * A multipart body that streams its files from disk. The files are opened and measured first, so that the length is
 * known and a missing file is found before anything is sent. Call `close` when the exchange is over.
 */
export async function openMultipart(body: Multipart): Promise<{
  contentType: string
  length: number
  stream: Readable
  close: () => Promise<void>
}> {
  const boundary = `billbridge-${randomUUID()}`
  const handles: FileHandle[] = []
  const close = async () => {
    await Promise.allSettled(handles.map(handle => handle.close()))
  }
  try {
    const parts: Part[] = Object.entries(body.fields).map(([name, value]) => ({
      head: partHead(boundary, name),
      body: Buffer.from(value),
    }))
    for (const [name, part] of Object.entries(body.files)) {
      const file = await open(part.path)
      handles.push(file)
      const { size } = await file.stat()
      parts.push({ head: partHead(boundary, name, part), body: { file, size } })
    }
    const end = Buffer.from(`--${boundary}--\r\n`)
    const sizes = parts.map(
      part => part.head.length + (Buffer.isBuffer(part.body) ? part.body.length : part.body.size) + 2,
    )
    return {
      contentType: `multipart/form-data; boundary=${boundary}`,
      length: sizes.reduce((sum, size) => sum + size, end.length),
      stream: Readable.from(write(parts, end), { objectMode: false }),
      close,
    }
  } catch (err) {
    await close()
    throw err
  }
}
