import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client'
import { type EmbeddedDatabase, startEmbedded } from '#db/embedded'
import { isDatabaseUnavailable } from '#db/postgres-errors'
import { PATIENCE } from '#test/patience'

let directory: string
let server: EmbeddedDatabase
let database: Database

const startServer = () => startEmbedded(directory, () => undefined, { throwaway: true })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'billbridge-lost-'))
  server = await startServer()
  database = createDatabase({ connectionString: server.url, connectTimeoutMs: 1_000 })
})

afterAll(async () => {
  await database.close()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

async function killServer(): Promise<void> {
  const file = await readFile(join(directory, 'postgres/postmaster.pid'), 'utf8')
  process.kill(Number(file.split('\n')[0]), 'SIGQUIT')
}

async function isLost(work: Promise<unknown>): Promise<boolean> {
  return await work.then(() => false, isDatabaseUnavailable)
}

test('says that the database is lost, in every way of asking, and goes on when it is back', async () => {
  const prisma = await database.prisma()
  await database.ping()
  const during = database.transaction(async tx => {
    await tx.query('SELECT 1')
    await killServer()
    await expect.poll(() => isLost(tx.query('SELECT 1')), PATIENCE).toBe(true)
    await tx.query('SELECT 1')
  })
  expect(await isLost(during)).toBe(true)
  await server.stop()

  expect(await isLost(database.sql.query('SELECT 1'))).toBe(true)
  expect(await isLost(database.ping())).toBe(true)
  expect(await isLost(database.transaction(async () => undefined))).toBe(true)
  expect(await isLost(prisma.$queryRaw`SELECT 1`)).toBe(true)
  expect(await isLost(prisma.$transaction(async () => undefined))).toBe(true)

  server = await startServer()
  await database.ping()
  expect(await prisma.$queryRaw`SELECT 1 AS value`).toEqual([{ value: 1 }])
})
