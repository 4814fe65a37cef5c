export interface FormFile {
  readonly content: Buffer
  /** Absent: a part without a file name. */
  readonly filename?: string
  readonly type?: string
}

export type FormParts = readonly (readonly [name: string, value: string | FormFile])[]

const BOUNDARY = 'X-BOUNDARY-OF-A-TEST'

export const formType = `multipart/form-data; boundary=${BOUNDARY}`

function partOf(name: string, value: string | FormFile): Buffer {
  const disposition = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`
  if (typeof value === 'string') return Buffer.from(`${disposition}\r\n\r\n${value}\r\n`)
  const { filename, content, type = 'application/octet-stream' } = value
  const named = filename === undefined ? '' : `; filename="${filename}"`
  const head = Buffer.from(`${disposition}${named}\r\nContent-Type: ${type}\r\n\r\n`)
  return Buffer.concat([head, content, Buffer.from('\r\n')])
}

/** A multipart body as a browser writes it; without `ended` its last boundary is missing. */
export function formBody(parts: FormParts, { ended = true }: { ended?: boolean } = {}): Buffer {
  const end = Buffer.from(ended ? `--${BOUNDARY}--\r\n` : '')
  return Buffer.concat([...parts.map(([name, value]) => partOf(name, value)), end])
}

/** What `api` takes to send a form. */
export function formRequest(parts: FormParts) {
  return { payload: formBody(parts), headers: { 'content-type': formType } }
}

export interface ReadPart {
  readonly head: string
  readonly content: Buffer
}

/** The parts of a multipart body as they came over a wire, by their names. Throws for one that has no last boundary. */
export function partsOf(body: Buffer, contentType: string | undefined): Record<string, ReadPart> {
  const boundary = `--${contentType?.split('boundary=')[1]}`
  const text = body.toString('latin1')
  const [, ...pieces] = `\r\n${text}`.split(`\r\n${boundary}`)
  if (pieces.pop() !== '--\r\n') throw new Error(`no end of the form in ${text.slice(0, 500)}`)
  const parts = pieces.map(piece => {
    const end = piece.indexOf('\r\n\r\n')
    const head = piece.slice(2, end)
    const content = Buffer.from(piece.slice(end + 4), 'latin1')
    return [/name="([^"]+)"/.exec(head)?.[1] ?? '', { head, content }] as const
  })
  return Object.fromEntries(parts)
}
