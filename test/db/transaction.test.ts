import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { isDatabaseUnavailable, isWriteConflict } from '#db/postgres-errors'
import type { Tx } from '#db/tx'
import { createEmptyDatabase, type TestDatabase } from '#test/database'

let server: TestDatabase
let database: Database

beforeAll(async () => {
  server = await createEmptyDatabase()
  database = createDatabase({ connectionString: server.url, max: 4 })
  await database.sql.query('CREATE TABLE counters (name TEXT PRIMARY KEY, value INT NOT NULL)')
})

beforeEach(async () => {
  await database.sql.query('TRUNCATE counters')
  await database.sql.query(`INSERT INTO counters VALUES ('a', 0), ('b', 0)`)
})

afterAll(async () => {
  await database.close()
  await server.drop()
})

async function add(tx: Tx, name: string): Promise<void> {
  await tx.query('UPDATE counters SET value = value + 1 WHERE name = $1', [name])
}

async function values(): Promise<Record<string, number>> {
  const { rows } = await database.sql.query<{ name: string; value: number }>(
    'SELECT name, value FROM counters',
  )
  return Object.fromEntries(rows.map(row => [row.name, row.value]))
}

/** Returns once `count` callers have arrived. */
function meeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let missing = count
  return async () => {
    missing -= 1
    if (missing <= 0) resolve()
    await promise
  }
}

test('commits what was done and returns what the work returned', async () => {
  const result = await database.transaction(async tx => {
    await add(tx, 'a')
    return 'done'
  })
  expect(result).toBe('done')
  expect(await values()).toEqual({ a: 1, b: 0 })
})

test('rolls everything back when the work throws, and keeps the connection', async () => {
  const failure = new Error('changed my mind')
  const before = database.stats().total
  const work = database.transaction(async tx => {
    await add(tx, 'a')
    throw failure
  })
  await expect(work).rejects.toBe(failure)
  expect(await values()).toEqual({ a: 0, b: 0 })
  expect(database.stats().total).toBe(before)
})

test('leaves no transaction open when the work throws before it returns a promise', async () => {
  const work = database.transaction(() => {
    throw new Error('at once')
  })
  await expect(work).rejects.toThrow('at once')
  const { rows } = await database.sql.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  expect(rows).toEqual([])
})

test('does not pretend to have committed when a failed statement was overlooked', async () => {
  const work = database.transaction(async tx => {
    await add(tx, 'a')
    await tx.query('SELECT 1 / 0').catch(() => undefined)
  })
  await expect(work).rejects.toMatchObject({ code: '22012' })
  expect(await values()).toEqual({ a: 0, b: 0 })
})

test('does not commit what was done beside an answer that could not be read', async () => {
  const work = database.transaction(async tx => {
    await add(tx, 'a')
    await tx.query(`SELECT ${2n ** 60n}::bigint`).catch(() => undefined)
  })
  await expect(work).rejects.toThrow('is not exact as a number')
  expect(await values()).toEqual({ a: 0, b: 0 })
})

test('runs statements that are sent side by side in their order, in the one transaction', async () => {
  const found = await database.transaction(async tx => {
    const read = () => tx.query(`SELECT value, pg_current_xact_id() AS id FROM counters WHERE name = 'a'`)
    const [first, , second] = await Promise.all([read(), add(tx, 'a'), read()])
    return [...first.rows, ...second.rows]
  })
  expect(found).toEqual([
    { value: 0, id: expect.any(String) },
    { value: 1, id: expect.any(String) },
  ])
  expect(new Set(found.map(row => Object.entries(row).at(-1)?.[1])).size).toBe(1)
})

test('keeps nothing of statements that are behind a failed one, and tells of the failed one', async () => {
  const work = database.transaction(tx =>
    Promise.all([add(tx, 'a'), tx.query('SELECT 1 / 0'), add(tx, 'b'), add(tx, 'b')]),
  )
  await expect(work).rejects.toMatchObject({ code: '22012' })
  expect(await values()).toEqual({ a: 0, b: 0 })
  await database.transaction(tx => add(tx, 'b'))
  expect(await values()).toEqual({ a: 0, b: 1 })
})

test('tells of the failed one also where those behind it are heard of first', async () => {
  const takeLonger = async <T>(statement: Promise<T>) => {
    const [outcome] = await Promise.allSettled([statement])
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  }
  const work = database.transaction(tx => Promise.all([takeLonger(tx.query('SELECT 1 / 0')), add(tx, 'a')]))
  await expect(work).rejects.toMatchObject({ code: '22012' })
})

test('is of no use once it is over', async () => {
  const left: Tx[] = []
  await database.transaction(async tx => void left.push(tx))
  await database.transaction(async () => {
    await expect(left[0]?.query('SELECT 1')).rejects.toThrow('this transaction is over')
  })
})

test('runs again after a deadlock, until both sides are through', async () => {
  const bothHoldOne = meeting(2)
  let runs = 0
  const inOrder = (first: string, second: string) =>
    database.transaction(async tx => {
      runs += 1
      await add(tx, first)
      await bothHoldOne()
      await add(tx, second)
    })
  await Promise.all([inOrder('a', 'b'), inOrder('b', 'a')])
  expect(await values()).toEqual({ a: 2, b: 2 })
  // The one that is given up may be back before the other has gone on, and then they do it all over.
  expect(runs).toBeGreaterThan(2)
})

test('runs again after a serialization failure', async () => {
  const bothHaveRead = meeting(2)
  const increase = () =>
    database.transaction(async tx => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE')
      const { rows } = await tx.query<{ value: number }>(`SELECT value FROM counters WHERE name = 'a'`)
      await bothHaveRead()
      await tx.query(`UPDATE counters SET value = $1 WHERE name = 'a'`, [Number(rows[0]?.value) + 1])
    })
  await Promise.all([increase(), increase()])
  expect(await values()).toEqual({ a: 2, b: 0 })
})

test('gives up a conflict that does not end', async () => {
  let runs = 0
  const work = database.transaction(async tx => {
    runs += 1
    await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`)
  })
  await expect(work).rejects.toSatisfy(err => isWriteConflict(err) && isDatabaseUnavailable(err))
  expect(runs).toBe(4)
})

test('a statement outside of transactions runs again after a conflict as well', async () => {
  await database.sql.query('CREATE SEQUENCE runs')
  await database.sql.query(`CREATE FUNCTION run_thrice() RETURNS BIGINT LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('runs') < 3 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END IF;
    RETURN currval('runs');
  END $$`)
  const { rows } = await database.sql.query('SELECT run_thrice()')
  expect(rows).toEqual([{ run_thrice: 3 }])
})

test('does not run again after any other failure', async () => {
  let runs = 0
  const work = database.transaction(async tx => {
    runs += 1
    await tx.query('SELECT 1 / 0')
  })
  await expect(work).rejects.toMatchObject({ code: '22012' })
  expect(runs).toBe(1)
})

describe('a statement that nobody waits for', () => {
  const addLater = (tx: Tx, name: string) =>
    tx.write('UPDATE counters SET value = value + 1 WHERE name = $1', [name])

  test('is carried out in its turn, and committed with the rest', async () => {
    const read = await database.transaction(async tx => {
      addLater(tx, 'a')
      const { rows } = await tx.query<{ value: number }>(`SELECT value FROM counters WHERE name = 'a'`)
      addLater(tx, 'b')
      return rows
    })
    expect(read).toEqual([{ value: 1 }])
    expect(await values()).toEqual({ a: 1, b: 1 })
  })

  test('fails the transaction with its own error, whatever is told to those behind it', async () => {
    const [last, before] = [
      (tx: Tx) => tx.write('SELECT 1 / 0'),
      async (tx: Tx) => {
        tx.write('SELECT 1 / 0')
        await add(tx, 'b')
      },
    ]
    for (const fail of [last, before]) {
      const work = database.transaction(async tx => {
        await add(tx, 'a')
        await fail(tx)
      })
      await expect(work).rejects.toMatchObject({ code: '22012' })
    }
    expect(await values()).toEqual({ a: 0, b: 0 })
  })

  test.each([
    ['is waited for', (tx: Tx, text: string) => tx.query(text)],
    ['is not', (tx: Tx, text: string) => tx.write(text)],
  ])(
    'fails it with its own error where a statement new to the connection stands behind it twice and %s',
    async (what, send) => {
      const text = `SELECT '${what}'`
      const alone = createDatabase({ connectionString: server.url, max: 1 })
      let runs = 0
      const work = alone.transaction(async tx => {
        runs += 1
        tx.write(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$`)
        // The first is not even parsed, and the second relies on that: no such prepared statement, says Postgres.
        tx.write(text)
        await send(tx, text)
      })
      await expect(work).rejects.toMatchObject({ code: '40P01' })
      expect(runs).toBe(4)
      await alone.close()
    },
  )

  test('fails it with what its error was said to mean', async () => {
    const gone = new Error('it is gone')
    const work = database.transaction(tx => tx.write('SELECT 1 / 0', [], () => gone))
    await expect(work).rejects.toBe(gone)
  })

  test('does not hide what the work itself has thrown', async () => {
    const failure = new Error('changed my mind')
    const work = database.transaction(async tx => {
      await add(tx, 'a')
      tx.write('SELECT 1 / 0')
      throw failure
    })
    await expect(work).rejects.toBe(failure)
  })

  test('runs again with the work after a conflict', async () => {
    const bothHaveRead = meeting(2)
    const increase = () =>
      database.transaction(async tx => {
        tx.write('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE')
        const { rows } = await tx.query<{ value: number }>(`SELECT value FROM counters WHERE name = 'a'`)
        await bothHaveRead()
        tx.write(`UPDATE counters SET value = $1 WHERE name = 'a'`, [Number(rows[0]?.value) + 1])
      })
    await Promise.all([increase(), increase()])
    expect(await values()).toEqual({ a: 2, b: 0 })
  })

  test('is refused with a value that might not go on the wire, and keeps the rest from being committed', async () => {
    const circular: unknown[] = []
    circular.push({ circular })
    for (const value of [{}, circular, () => 1, Symbol('a')]) {
      const work = database.transaction(tx => {
        addLater(tx, 'a')
        tx.write('SELECT $1', [value])
      })
      await expect(work).rejects.toThrow('a value cannot be put on the wire')
    }
    expect(await values()).toEqual({ a: 0, b: 0 })
  })

  test('takes every kind of value that a column takes', async () => {
    const wireable = ['a', 1, 1n, true, null, undefined, new Date(0), Buffer.from('a'), ['a', null]]
    await database.transaction(tx => {
      for (const value of wireable) tx.write('SELECT $1', [value])
    })
  })

  test.each([
    ['nothing behind it is waited for', (tx: Tx) => tx.write('SELECT 1 AS one')],
    ['something behind it is waited for', (tx: Tx) => tx.query('SELECT 1 AS two')],
  ])('is not taken to be committed where the transaction could not begin and %s', async (_what, work) => {
    const alone = createDatabase({ connectionString: server.url, max: 1 })
    try {
      await alone.transaction(tx => addLater(tx, 'a'))
      // As behind a pooler that gives a connection to several clients.
      await alone.sql.query('DEALLOCATE ALL')
      await expect(alone.transaction<unknown>(work)).rejects.toThrow()
      await alone.transaction(tx => addLater(tx, 'a'))
      expect(await values()).toEqual({ a: 2, b: 0 })
    } finally {
      await alone.close()
    }
  })

  test('is of no use once the transaction is over', async () => {
    const left: Tx[] = []
    await database.transaction(async tx => void left.push(tx))
    expect(() => left[0]?.write('SELECT 1')).toThrow('this transaction is over')
  })
})
