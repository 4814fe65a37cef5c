import { connect, createServer, type Server, type Socket } from 'node:net'

/** Where a connection is stopped: with its statement still here, or carried out and its reply still here. */
export type When = 'before' | 'after'

/** A connection that stands still. */
export interface Stopped {
  /** Lets it go on as if nothing had happened. */
  release(): void
}

export interface PostgresProxy {
  /** The same database, reached through here. */
  readonly url: string
  /**
   * Stops the connection that sends the n-th BEGIN or COMMIT from now on, and resolves once it stands still. What
   * other connections send goes on. Commits of no journal and no key, as those of a provider's allowance, do not count.
   */
  stopAt(nth: number, when: When, statement?: 'BEGIN' | 'COMMIT'): Promise<Stopped>
  /** Breaks every connection; new ones are served. */
  cut(): void
  close(): Promise<void>
}

const STARTUP = 196_608
const SYNCED = 'Z'

/** What a client sends, as far as it tells a COMMIT: simple queries, and named or unnamed statements in turn. */
function createReader() {
  const statements = new Map<string, string>()
  const portals = new Map<string, string>()
  let started = false

  function texts(body: Buffer): string[] {
    return body.toString('latin1').split('\0')
  }

  /** The SQL that this message has the server carry out; null for any other message. */
  function carriedOut(type: string, body: Buffer): string | null {
    const [first = '', second = ''] = texts(body)
    if (type === 'P') statements.set(first, second)
    if (type === 'B') portals.set(first, statements.get(second) ?? '')
    if (type === 'Q') return first
    return type === 'E' ? (portals.get(first) ?? null) : null
  }

  return {
    /** The length of the first message in `bytes`, and the SQL in it; null while it is not complete. */
    read(bytes: Buffer): { length: number; sql: string | null } | null {
      const head = started ? 1 : 0
      if (bytes.length < head + 4) return null
      const length = head + bytes.readUInt32BE(head)
      if (bytes.length < length) return null
      const body = bytes.subarray(head + 4, length)
      if (started) return { length, sql: carriedOut(bytes.toString('latin1', 0, 1), body) }
      started = body.readUInt32BE(0) === STARTUP
      return { length, sql: null }
    },
  }
}

/** Whether the server has said that it is done with everything it was sent. */
function isSynced(answer: Buffer): boolean {
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readUInt32BE(at + 1))
    if (answer.toString('latin1', at, at + 1) === SYNCED) return true
  return false
}

function upstreamOf(url: URL): () => Socket {
  const folder = url.searchParams.get('host')
  const port = Number(url.port || 5432)
  if (folder?.startsWith('/')) return () => connect(`${folder}/.s.PGSQL.${port}`)
  return () => connect(port, url.hostname)
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

interface Stop {
  readonly statement: 'BEGIN' | 'COMMIT'
  readonly when: When
  readonly reached: (stopped: Stopped) => void
  left: number
}

/** What every commit on the way of a request that changes something has to do with. */
const OF_A_REQUEST = /\b(operations|idempotency_records)\b/

/** Passes on what two sockets say, until a message is the one to stop at. */
function relay(client: Socket, server: Socket, stopFor: (statement: string | null) => Stop | null): void {
  const reader = createReader()
  let unread = Buffer.alloc(0)
  let still = false
  let isOfRequest = false
  let withheld: { answer: Buffer; stop: Stop } | null = null

  function takeMessage(message: { length: number }): void {
    server.write(unread.subarray(0, message.length))
    unread = unread.subarray(message.length)
  }

  /** The stop that a statement is to make; a commit that is none of a request makes none. */
  function stopAt(sql: string | null): Stop | null {
    const statement = sql?.trim().toUpperCase() ?? null
    isOfRequest = statement !== 'BEGIN' && (isOfRequest || OF_A_REQUEST.test(sql ?? ''))
    return statement === 'COMMIT' && !isOfRequest ? null : (stopFor(statement) ?? null)
  }

  function passOn(): void {
    for (let message = reader.read(unread); message && !still; message = reader.read(unread)) {
      const stop = stopAt(message.sql)
      if (stop?.when === 'before') hold(stop, message)
      else {
        if (stop) withheld = { answer: Buffer.alloc(0), stop }
        takeMessage(message)
      }
    }
  }

  function hold({ reached }: Stop, message: { length: number }): void {
    still = true
    const release = () => {
      still = false
      takeMessage(message)
      passOn()
    }
    reached({ release })
  }

  client.on('data', chunk => {
    unread = Buffer.concat([unread, chunk])
    passOn()
  })
  server.on('data', chunk => {
    if (withheld === null) {
      client.write(chunk)
      return
    }
    const { answer, stop } = withheld
    const whole = Buffer.concat([answer, chunk])
    withheld = { answer: whole, stop }
    if (!isSynced(whole)) return
    const release = () => {
      withheld = null
      client.write(whole)
    }
    stop.reached({ release })
  })
}

/** Stands in front of a Postgres and can stop whoever begins or commits at a moment of the test's choice. */
export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const url = new URL(databaseUrl)
  const reach = upstreamOf(url)
  const sockets = new Set<Socket>()
  let wanted: Stop | null = null

  /** The stop that this statement is meant by, taken once. */
  function stopFor(statement: string | null): Stop | null {
    if (wanted === null || statement !== wanted.statement) return null
    wanted.left -= 1
    if (wanted.left > 0) return null
    const meant = wanted
    wanted = null
    return meant
  }

  function keep(socket: Socket, other: Socket): void {
    sockets.add(socket)
    socket.on('error', () => other.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      other.destroy()
    })
  }

  const listener = createServer(client => {
    const server = reach()
    keep(client, server)
    keep(server, client)
    relay(client, server, stopFor)
  })
  const port = await listen(listener)
  url.searchParams.delete('host')
  url.host = `127.0.0.1:${port}`

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    stopAt: (nth, when, statement = 'COMMIT') =>
      new Promise(reached => {
        wanted = { statement, when, reached, left: nth }
      }),
    cut,
    close: async () => {
      const closed = new Promise(resolve => listener.close(resolve))
      cut()
      await closed
    },
  }
}
