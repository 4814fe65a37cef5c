import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'

/** A request as it came over the wire. */
export interface Received {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Every byte of it, head and body. */
  readonly raw: Buffer
  /** Which connection it came over, counted from 1. */
  readonly connection: number
}

/** What the upstream does with a request that it has read to its end. */
export type Behaviour = (socket: Socket, request: Received) => void | Promise<void>

export interface FaultyUpstream {
  readonly url: string
  readonly requests: readonly Received[]
  readonly connections: number
  /** How often something was changed, by behaviours wrapped in `applies`. */
  readonly effects: number
  /** Behaviours for the next requests, one each, in the order in which they come. */
  next(...behaviours: Behaviour[]): void
  /** What happens to requests that `next` says nothing about. */
  otherwise(behaviour: Behaviour): void
  /** Counts a change, then behaves. */
  applies(behaviour: Behaviour): Behaviour
  /** Resolves once so many requests have been read in all. */
  received(count: number): Promise<void>
  /** Resolves once so many connections have come in all. */
  connected(count: number): Promise<void>
  close(): Promise<void>
}

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 204: 'No Content' }

/** An answer with status, headers and exactly this body. */
export function answers(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Behaviour {
  const bytes = Buffer.from(body)
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers }).map(
    ([k, v]) => `${k}: ${v}`,
  )
  const head = [`HTTP/1.1 ${status} ${REASONS[status] ?? 'Status'}`, ...lines].join('\r\n')
  return socket => {
    socket.write(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), bytes]))
  }
}

export function answersJson(value: unknown, status = 200, headers: Record<string, string> = {}): Behaviour {
  return answers(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers })
}

export function answersPage(status = 200): Behaviour {
  return answers(status, '<!doctype html><title>Down for maintenance</title>', {
    'content-type': 'text/html',
  })
}

/** Says that it sends `promised` bytes and hangs up after fewer. */
export function cutsBody(body: string, promised: number, status = 200): Behaviour {
  return async (socket, request) => {
    await answers(status, body, { 'content-type': 'application/json', 'content-length': String(promised) })(
      socket,
      request,
    )
    socket.end()
  }
}

/** Sends these bytes as they are and hangs up. */
export function sendsBytes(bytes: string): Behaviour {
  return socket => {
    socket.end(bytes)
  }
}

/** Keeps sending a little of an endless body for as long as somebody listens. */
export function drips(piece: string, everyMs: number): Behaviour {
  return socket => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n')
    const timer = setInterval(() => socket.write(piece), everyMs)
    socket.on('close', () => clearInterval(timer))
  }
}

export const resets: Behaviour = socket => {
  socket.resetAndDestroy()
}

export const hangsUp: Behaviour = socket => {
  socket.destroy()
}

export const staysSilent: Behaviour = () => undefined

/** Behaves only once `signal` has settled. */
export function after(signal: Promise<unknown>, behaviour: Behaviour): Behaviour {
  return async (socket, request) => {
    await signal
    await behaviour(socket, request)
  }
}

function readHead(head: string): Pick<Received, 'method' | 'path' | 'headers'> {
  const [first = '', ...lines] = head.split('\r\n')
  const [method = '', path = ''] = first.split(' ')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { method, path, headers: Object.fromEntries(headers) }
}

/** The first whole request in `bytes`, or null while it is not complete. */
function readRequest(bytes: Buffer, connection: number): Received | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return null
  const head = readHead(bytes.subarray(0, end).toString('latin1'))
  const length = end + 4 + Number(head.headers['content-length'] ?? 0)
  if (bytes.length < length) return null
  const raw = bytes.subarray(0, length)
  return { ...head, body: raw.subarray(end + 4).toString('utf8'), raw, connection }
}

/** Waits for counts to be reached, without looking at a clock. */
function createTally() {
  const waiting: { count: number; resolve: () => void }[] = []
  let reached = 0
  return {
    get reached() {
      return reached
    },
    add: () => {
      reached += 1
      for (const { count, resolve } of waiting) if (reached >= count) resolve()
    },
    until: (count: number) =>
      new Promise<void>(resolve => (reached >= count ? resolve() : waiting.push({ count, resolve }))),
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() satisfies AddressInfo | string | null
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/**
 * A provider on a real loopback socket that behaves as badly as it is told to. Speaks just enough HTTP/1.1 to do so.
 * `onConnect` sees each raw connection first; one that it destroys is not read.
 */
export async function startUpstream(
  options: {
    readonly tls?: { key: string; cert: string }
    readonly onConnect?: (socket: Socket) => void
  } = {},
): Promise<FaultyUpstream> {
  const requests: Received[] = []
  const queue: Behaviour[] = []
  const sockets = new Set<Socket>()
  const tally = { requests: createTally(), connections: createTally() }
  let fallback: Behaviour = answersJson({})
  let effects = 0

  function accept(socket: Socket): void {
    tally.connections.add()
    const connection = tally.connections.reached
    let unread = Buffer.alloc(0)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    options.onConnect?.(socket)
    socket.on('data', chunk => {
      unread = Buffer.concat([unread, chunk])
      for (
        let request = readRequest(unread, connection);
        request;
        request = readRequest(unread, connection)
      ) {
        unread = unread.subarray(request.raw.length)
        requests.push(request)
        const behaviour = queue.shift() ?? fallback
        void Promise.resolve(behaviour(socket, request)).catch((err: unknown) => {
          // The caller hung up in the middle of it.
          if (!socket.destroyed) throw err
        })
        tally.requests.add()
      }
    })
  }

  const server = options.tls ? createTlsServer(options.tls, accept) : createTcpServer(accept)
  const port = await listen(server)
  const upstream: FaultyUpstream = {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    get connections() {
      return tally.connections.reached
    },
    get effects() {
      return effects
    },
    next: (...behaviours) => void queue.push(...behaviours),
    otherwise: behaviour => {
      fallback = behaviour
    },
    applies: behaviour => (socket, request) => {
      effects += 1
      return behaviour(socket, request)
    },
    received: count => tally.requests.until(count),
    connected: count => tally.connections.until(count),
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  onTestFinished(upstream.close)
  return upstream
}
