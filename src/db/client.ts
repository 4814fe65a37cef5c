import pg from 'pg'
import { columnTypes, createStatementNames, takeConnection } from '#db/statements'
import { runTransaction, untilNoConflict } from '#db/transaction'
import { TurnSocket } from '#db/turn-socket'
import type { Sql, Tx } from '#db/tx'
import type { PrismaClient } from '#generated/prisma/client'

export interface Database {
  /** Each statement is a transaction of its own, and is run again as one is. */
  readonly sql: Sql
  /** Prisma's client on the same pool; loaded when it is first asked for, since it is large and requests do without. */
  prisma(): Promise<PrismaClient>
  /**
   * Commits what `work` did through its `tx`, or rolls all of it back when it throws. Runs `work` again, up to three
   * times, when Postgres gave the transaction up for another one (deadlock, serialization): `work` must have no
   * effect but on the database.
   */
  transaction<T>(work: (tx: Tx) => T | Promise<T>): Promise<T>
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  /** Connections: open, of these idle, and callers that wait for one. */
  stats(): { total: number; idle: number; waiting: number }
  /** Waits for what is running. May be called more than once. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly connectionString: string
  /** Connections at most; 10 by default. */
  readonly max?: number
  /** How long a caller waits for a connection, be it a free or a new one; 5 s by default. */
  readonly connectTimeoutMs?: number
  /** How long one statement may run; 15 s by default. */
  readonly statementTimeoutMs?: number
  /** How long a statement waits for somebody else's lock; 5 s by default. */
  readonly lockTimeoutMs?: number
  /** How long an open transaction may do nothing; 30 s by default. */
  readonly idleTransactionTimeoutMs?: number
  /** Told of connections that broke while nobody used them. The pool replaces them by itself. */
  readonly onError?: (err: Error) => void
}

async function openPrisma(pool: pg.Pool): Promise<PrismaClient> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('#generated/prisma/client'),
  ])
  const nameOf = createStatementNames('prisma')
  return new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: query => nameOf(query.sql) ?? '' }),
  })
}

/** One pool of connections, for raw SQL and for Prisma. Nothing is connected before the first statement. */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = createPool(options)
  const nameOf = createStatementNames('sql')
  const sql: Sql = {
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      return await untilNoConflict(async () => {
        const connection = await takeConnection(pool, nameOf)
        return await connection.query<Row>(text, values).finally(connection.release)
      })
    },
  }
  let prisma: Promise<PrismaClient> | null = null
  let closed: Promise<void> | null = null
  const leave = async () => {
    await (await prisma)?.$disconnect()
    await pool.end()
  }
  return {
    sql,
    prisma: () => {
      prisma ??= openPrisma(pool)
      return prisma
    },
    transaction: work => runTransaction(pool, nameOf, work),
    ping: async () => void (await sql.query('SELECT 1')),
    stats: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      closed ??= leave()
      return closed
    },
  }
}

/** Short transactions on connections of their own, for what must not wait behind everything else. */
export type Transactions = Pick<Database, 'transaction' | 'close'>

export function createTransactions(options: DatabaseOptions): Transactions {
  const pool = createPool(options)
  const nameOf = createStatementNames('sql')
  let closed: Promise<void> | null = null
  return {
    transaction: work => runTransaction(pool, nameOf, work),
    close: () => {
      closed ??= pool.end()
      return closed
    },
  }
}

function createPool(options: DatabaseOptions): pg.Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? 15_000
  const pool = new pg.Pool({
    connectionString: inUtc(options.connectionString),
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    idle_in_transaction_session_timeout: options.idleTransactionTimeoutMs ?? 30_000,
    query_timeout: statementTimeoutMs + 5_000, // for a server that cannot even say that it timed out
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'billbridge',
    types: columnTypes,
    // A transaction's statements need not wait for each other's answers: see `Tx`.
    pipeline: true,
    stream: () => new TurnSocket(),
  })
  pool.on('error', err => options.onError?.(err))
  // A connection that breaks between two statements of a transaction has no other listener.
  pool.on('connect', client => client.on('error', () => undefined))
  return pool
}

/**
 * Prisma's adapter writes instants without their zone and reads them the same way, so every connection must be in
 * UTC. Put into the URL, since what a URL says about options wins over what is said beside it.
 */
function inUtc(connectionString: string): string {
  const url = URL.parse(connectionString)
  if (url === null) throw new TypeError('the connection string of the database is not a URL')
  url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} -c TimeZone=UTC`.trim())
  return url.href
}
