import { z } from 'zod'

/** Whatever of these facts an error of pg, of Node or of Prisma carries. */
const Facts = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().catch(''),
  syscall: z.string().catch(''),
  meta: z
    .object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) })
    .nullable()
    .catch(null),
})

/** Classes of SQLSTATE that blame the server's state, not the statement. */
const UNAVAILABLE_CLASS = new Set([
  '08', // connection lost or refused
  '28', // our login is refused
  '53', // out of connections, memory or disk
  '57', // shutting down, statement timed out
  '58', // I/O errors of the server
])

const UNAVAILABLE_STATE = new Set([
  '25006', // a read-only standby took over
  '25P03', // idle in a transaction for too long
  '3D000', // the database is gone
  '40001', // still in conflict after every repetition
  '40P01',
  '55P03', // waited too long for a row's lock
])

const SYSTEM_CODE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/

/** pg gives these no code, nor do we. */
const PG_MESSAGE =
  /^(too many callers wait for a connection|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|Query read timeout|Cannot use a pool after calling end)/

/** Prisma: not reachable, timed out, closed, no connection free, no transaction started, write conflict, too many. */
const PRISMA_CODE = /^P(1001|1002|1008|1017|2024|2028|2034|2037)$/

function factsOf(err: unknown): z.output<typeof Facts> {
  return Facts.safeParse(err).data ?? { name: '', message: '', code: '', syscall: '', meta: null }
}

/** The five characters by which Postgres names an error, also inside Prisma's; null for any other error. */
export function sqlState(err: unknown): string | null {
  const { code, meta } = factsOf(err)
  const state = meta?.driverAdapterError.cause.originalCode ?? code
  // Prisma's own codes (P2002) and Node's (EPIPE) have five characters too.
  return /^(\d[0-9A-Z]|P0|F0|HV|XX)[0-9A-Z]{3}$/.test(state) ? state : null
}

export function isUniqueViolation(err: unknown): boolean {
  return sqlState(err) === '23505'
}

/** How a statement says by failing that it found nothing to divide by. */
export function isDivisionByZero(err: unknown): boolean {
  return sqlState(err) === '22012'
}

/** A transaction that Postgres gave up for the sake of another one: it left no trace and may run again. */
export function isWriteConflict(err: unknown): boolean {
  const state = sqlState(err)
  return state === '40001' || state === '40P01'
}

/** Waited longer than `lock_timeout` for a row that another transaction holds. */
export function isLockTimeout(err: unknown): boolean {
  return sqlState(err) === '55P03'
}

/**
 * The database cannot be reached, broke off, or had no connection or time left: worth another try later, whatever the
 * request was. Knows errors of pg and of Prisma; must only be asked about errors of database calls, for Node's
 * network errors look alike whoever was called.
 */
export function isDatabaseUnavailable(err: unknown): boolean {
  const { name, message, code, syscall } = factsOf(err)
  const state = sqlState(err)
  if (state !== null) return UNAVAILABLE_CLASS.has(state.slice(0, 2)) || UNAVAILABLE_STATE.has(state)
  if (SYSTEM_CODE.test(code) || (code === 'ENOENT' && (syscall === 'connect' || name.startsWith('Prisma'))))
    return true
  return PG_MESSAGE.test(message) || PRISMA_CODE.test(code)
}
