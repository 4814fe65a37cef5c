import { once } from 'node:events'
import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/**
 * Sends bytes over a socket of its own and gives the answer once the server has closed the connection. `end`: ours is
 * closed after the last byte, as by a client that gives up.
 */
export async function sendRaw(
  port: number,
  parts: readonly (string | Buffer)[],
  { end = false }: { end?: boolean } = {},
): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1')
  const received: Buffer[] = []
  socket.on('data', chunk => received.push(chunk))
  // A server that has answered may reset the connection while we are still sending.
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  for (const part of parts) socket.write(part)
  if (end) socket.end()
  await once(socket, 'close')
  return parseAnswer(Buffer.concat(received).toString('utf8'))
}

function parseAnswer(whole: string): RawAnswer {
  const split = whole.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = whole.slice(0, split).split('\r\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers),
    text: whole.slice(split + 4),
  }
}
