import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { createLogger } from '#observability/logger'
import { createTestDatabase, type TestDatabase } from '#test/database'

/** What one call of the logger writes. */
function written(facts: object, message = 'it happened') {
  const lines: string[] = []
  const logger = createLogger({ level: 'info', pretty: false }, { write: line => lines.push(line) })
  logger.info(facts, message)
  logger.debug('too small to be written')
  expect(lines).toHaveLength(1)
  return { text: lines[0] ?? '', line: JSON.parse(lines[0] ?? '') }
}

describe('a line of the log', () => {
  test('is JSON with level and time in words, and without process or machine', () => {
    expect(written({ status: 200 }).line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      status: 200,
      msg: 'it happened',
    })
  })

  test('is one line whatever stands in it', () => {
    const { text } = written({ name: 'a\nb\u2028c\u001b[31m' }, 'x\ny')
    expect(text.match(/\n/g)).toHaveLength(1)
    expect(text).not.toContain('\u001b')
  })

  test.each(['authorization', 'headers', 'body', 'credentials'])('leaves out %s', name => {
    expect(written({ [name]: { token: 'c4n4ry' } }).text).not.toContain('c4n4ry')
  })

  test('leaves out the headers of a request that a library logs', () => {
    expect(written({ req: { headers: { cookie: 'c4n4ry' }, url: '/' } }).text).not.toContain('c4n4ry')
  })
})

describe('an error in the log', () => {
  test('has type, code, message, place and causes', () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'E_INNER' })
    const { err } = written({ err: new Error('outer', { cause }) }).line
    expect(err).toMatchObject({ type: 'Error', message: 'outer' })
    expect(err.stack).toMatch(/^ +at .*logger\.test/)
    expect(err.cause).toMatchObject({ type: 'TypeError', code: 'E_INNER', message: 'inner' })
  })

  test('that causes itself ends', () => {
    const err = new Error('circle')
    err.cause = err
    expect(written({ err }).text.match(/circle/g)).toHaveLength(6)
  })

  test('that is no Error says only what it is', () => {
    expect(written({ err: 'c4n4ry' }).line.err).toEqual({ type: 'string' })
  })

  test('of the JSON parser does not quote the text', () => {
    const parse = () => {
      try {
        return JSON.parse('c4n4ry')
      } catch (err) {
        return err
      }
    }
    const { text, line } = written({ err: new Error('outer', { cause: parse() }) })
    expect(text).not.toContain('c4n4ry')
    expect(line.err.cause.type).toBe('SyntaxError')
  })

  test('of Prisma does not quote the arguments', () => {
    const err = new Error('Invalid `create()`:\n{ email: "c4n4ry" }')
    err.name = 'PrismaClientValidationError'
    expect(written({ err }).text).not.toContain('c4n4ry')
  })
})

describe('an error of Postgres in the log', () => {
  let server: TestDatabase
  let database: Database
  beforeAll(async () => {
    server = await createTestDatabase()
    database = createDatabase({ connectionString: server.url })
  })
  afterAll(async () => {
    await database.close()
    await server.drop()
  })

  test.each([
    ['a value of the wrong type', 'SELECT $1::text::uuid', '22P02'],
    ['a value of two lines', "SELECT ($1::text || E'\\nc4n4ry')::uuid", '22P02'],
    [
      'a key that is there already',
      'INSERT INTO accounts SELECT gen_random_uuid(), $1, $1, NULL, now() FROM generate_series(1, 2)',
      '23505',
    ],
  ])('has its code but no value: %s', async (_name, text, code) => {
    const err: unknown = await database.sql.query(text, ['c4n4ry']).catch((cause: unknown) => cause)
    const { text: whole, line } = written({ err })
    expect(line.err).toMatchObject({ type: 'DatabaseError', code })
    expect(line.err.stack).toMatch(/^ +at /)
    expect(whole).not.toContain('c4n4ry')
  })
})
