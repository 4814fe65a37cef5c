import { createHash } from 'node:crypto'

/** A file of a multipart body, as far as anybody wants to know it. */
export interface ReceivedPart {
  readonly filename: string
  readonly content_type: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

async function receivedOf(file: File): Promise<ReceivedPart> {
  const bytes = Buffer.from(await file.arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { filename: file.name, content_type: file.type, bytes: bytes.length, sha256 }
}

/** The parts of a multipart body by name: texts as they are. Rejects for one that cannot be read. */
export async function partsOf(bytes: Buffer, contentType: string): Promise<Record<string, unknown>> {
  const body = new Uint8Array(bytes)
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
  const parts: Record<string, unknown> = {}
  for (const [name, value] of form) parts[name] = typeof value === 'string' ? value : await receivedOf(value)
  return parts
}
