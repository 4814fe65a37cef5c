import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createProviderLedger, deleteIdleLedgers, jsonCodec } from '#connections/provider-ledger'
import { sweep } from '#jobs/sweep'
import { NO_TOKEN } from '#providers/token-record'
import { useProcesses } from '#test/processes'

const { databases, ledgers } = useProcesses(2)
const Count = z.object({ count: z.int() })

/** The same ledger of plain counts as every process sees it. */
function counts() {
  return databases.map(database =>
    createProviderLedger({ database, kind: 'window', codec: jsonCodec(Count) }),
  )
}

const plusOne = (state: z.output<typeof Count> | null) => {
  const count = (state?.count ?? 0) + 1
  return { next: { count }, result: count }
}

/** What stands in the rows of these credentials. */
async function stored(fingerprint: string): Promise<string> {
  const rows = await databases[0]?.sql.query(
    'SELECT kind, state FROM provider_ledgers WHERE fingerprint = $1',
    [fingerprint],
  )
  return JSON.stringify(rows?.rows)
}

test('changes of all processes come one after the other and none is lost', async () => {
  const key = randomUUID()
  const [first, second] = counts()
  const work = Array.from({ length: 40 }, (_, index) => (index % 2 ? first : second)?.change(key, plusOne))
  const results = await Promise.all(work)
  expect(results.toSorted((a = 0, b = 0) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, index) => index + 1),
  )
})

test('the time is that of the database, in whole milliseconds', async () => {
  const [ledger] = counts()
  const clock = async () => {
    const ms = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms'
    return (await databases[1]?.sql.query<{ ms: number }>(ms))?.rows[0]?.ms ?? Number.NaN
  }
  const before = await clock()
  const now = await ledger?.change(randomUUID(), (state, time) => ({ next: state, result: time }))
  expect(now).toBeGreaterThanOrEqual(Math.floor(before))
  expect(now).toBeLessThanOrEqual(await clock())
  expect(Number.isInteger(now)).toBe(true)
})

test('a change that changes nothing writes nothing', async () => {
  const key = randomUUID()
  const [ledger] = counts()
  await ledger?.change(key, plusOne)
  const before = await databases[0]?.sql.query(
    'SELECT xmin::text FROM provider_ledgers WHERE fingerprint = $1',
    [key],
  )
  await ledger?.change(key, state => ({ next: state, result: null }))
  const after = await databases[0]?.sql.query(
    'SELECT xmin::text FROM provider_ledgers WHERE fingerprint = $1',
    [key],
  )
  expect(after?.rows).toEqual(before?.rows)
})

test('a change that fails leaves the state as it was', async () => {
  const key = randomUUID()
  const [ledger] = counts()
  await ledger?.change(key, plusOne)
  const broken = ledger?.change(key, () => {
    throw new Error('broken')
  })
  await expect(broken).rejects.toThrow('broken')
  expect(await ledger?.change(key, plusOne)).toBe(2)
})

test('a state that another version wrote is begun anew', async () => {
  const key = randomUUID()
  const [ledger] = counts()
  await ledger?.change(key, plusOne)
  await databases[0]?.sql.query(
    `UPDATE provider_ledgers SET state = '{"amount": 7}' WHERE fingerprint = $1`,
    [key],
  )
  expect(await ledger?.change(key, plusOne)).toBe(1)
})

test('a token is sealed, and opens for the other process', async () => {
  const key = randomUUID()
  const token = { value: 'access-token-4471', renewAt: 1, endsAt: 2 }
  await ledgers[0]?.tokens.change(key, () => ({ next: { ...NO_TOKEN, token }, result: null }))
  expect(await stored(key)).toMatch(/^\[\{"kind":"token","state":\{"sealed":"[A-Za-z0-9+/=]+"\}\}\]$/)
  expect(await stored(key)).not.toContain('4471')
  const read = await ledgers[1]?.tokens.change(key, state => ({ next: state, result: state }))
  expect(read).toEqual({ ...NO_TOKEN, token })
})

test('a sealed token that was moved to other credentials is no token', async () => {
  const [from, to] = [randomUUID(), randomUUID()]
  for (const key of [from, to])
    await ledgers[0]?.tokens.change(key, () => ({ next: { ...NO_TOKEN }, result: null }))
  await databases[0]?.sql.query(
    `UPDATE provider_ledgers SET state = (SELECT state FROM provider_ledgers WHERE fingerprint = $1) WHERE fingerprint = $2`,
    [from, to],
  )
  expect(await ledgers[0]?.tokens.change(to, state => ({ next: state, result: state }))).toBeNull()
})

test('credentials that nobody has used for a day are forgotten', async () => {
  const [idle, used] = [randomUUID(), randomUUID()]
  const [ledger] = counts()
  const [database] = databases
  if (!database) throw new Error('there is no process')
  for (const key of [idle, used]) await ledger?.change(key, plusOne)
  const now = new Date()
  const longAgo = new Date(now.getTime() - 86_400_001)
  await database.sql.query('UPDATE provider_ledgers SET updated_at = $2 WHERE fingerprint = $1', [
    idle,
    longAgo,
  ])
  expect(await sweep(database.sql, now)).toMatchObject({ provider_ledgers: 1 })
  expect(await deleteIdleLedgers(database.sql, now, 10)).toBe(0)
  expect([await ledger?.change(idle, plusOne), await ledger?.change(used, plusOne)]).toEqual([1, 2])
})
