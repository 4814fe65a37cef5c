import { describe, expect, test } from 'vitest'
import {
  isDatabaseUnavailable,
  isLockTimeout,
  isUniqueViolation,
  isWriteConflict,
  sqlState,
} from '#db/postgres-errors'

function errorWith(facts: object, message = 'something'): Error {
  return Object.assign(new Error(message), facts)
}

/** As Prisma passes on what Postgres said. */
function prismaError(code: string, originalCode?: string): Error {
  const meta = originalCode ? { driverAdapterError: { cause: { originalCode } } } : {}
  return errorWith({ code, meta, name: 'PrismaClientKnownRequestError' })
}

describe('a database that is unavailable', () => {
  test.each([
    ['refused connection', errorWith({ code: 'ECONNREFUSED', syscall: 'connect' })],
    ['missing socket', errorWith({ code: 'ENOENT', syscall: 'connect' })],
    ['unknown host', errorWith({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
    ['administrator shutdown', errorWith({ code: '57P01' })],
    ['starting up', errorWith({ code: '57P03' })],
    ['too many connections', errorWith({ code: '53300' })],
    ['full disk', errorWith({ code: '53100' })],
    ['statement timeout', errorWith({ code: '57014' })],
    ['read-only standby', errorWith({ code: '25006' })],
    ['lock timeout', errorWith({ code: '55P03' })],
    ['deadlock that did not clear', errorWith({ code: '40P01' })],
    ['exhausted pool', errorWith({}, 'timeout exceeded when trying to connect')],
    ['too many waiting', errorWith({}, 'too many callers wait for a connection')],
    ['broken connection', errorWith({}, 'Connection terminated unexpectedly')],
    ['Prisma: not reachable', prismaError('P1001')],
    ['Prisma: missing socket', errorWith({ code: 'ENOENT', name: 'PrismaClientKnownRequestError' })],
    ['Prisma: shutdown during raw SQL', prismaError('P2010', '57P01')],
    ['Prisma: write conflict', prismaError('P2034')],
  ])('is recognised: %s', (_name, err) => {
    expect(isDatabaseUnavailable(err)).toBe(true)
  })

  test.each([
    ['unique violation', errorWith({ code: '23505' })],
    ['syntax error', errorWith({ code: '42601' })],
    ['missing file', errorWith({ code: 'ENOENT', syscall: 'open' })],
    ['Prisma: unique violation', prismaError('P2002', '23505')],
    ['Prisma: syntax error in raw SQL', prismaError('P2010', '42601')],
    ['a mistake of ours', new TypeError('x is not a function')],
    ['nothing', undefined],
    ['text', 'ECONNREFUSED'],
  ])('is not seen in: %s', (_name, err) => {
    expect(isDatabaseUnavailable(err)).toBe(false)
  })
})

test('finds the state that Postgres gave, and none in codes of others', () => {
  expect(sqlState(errorWith({ code: '23505' }))).toBe('23505')
  expect(sqlState(errorWith({ code: 'P0001' }))).toBe('P0001')
  expect(sqlState(prismaError('P2002', '23505'))).toBe('23505')
  expect(sqlState(prismaError('P2002'))).toBeNull()
  expect(sqlState(errorWith({ code: 'EPIPE' }))).toBeNull()
  expect(sqlState(null)).toBeNull()
})

test('tells the few states apart that callers act upon', () => {
  expect(isUniqueViolation(prismaError('P2002', '23505'))).toBe(true)
  expect(isLockTimeout(errorWith({ code: '55P03' }))).toBe(true)
  expect(isWriteConflict(errorWith({ code: '40001' }))).toBe(true)
  expect(isWriteConflict(errorWith({ code: '23505' }))).toBe(false)
})
