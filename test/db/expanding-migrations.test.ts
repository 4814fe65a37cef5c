import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { migrate } from '#db/migrate'
import { migrationsDirectory } from '#db/migrations-directory'
import { startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { leadRequest } from '#test/lead-requests'

/** What the version before, which goes on serving meanwhile, might still read or leave out. */
const CONTRACTIONS: readonly [what: string, pattern: RegExp][] = [
  ['drops a table', /\bDROP\s+TABLE\b/i],
  ['drops a column', /\bDROP\s+COLUMN\b/i],
  ['renames', /\bRENAME\b/i],
  ['changes a type', /\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i],
  ['forbids NULL', /\bSET\s+NOT\s+NULL\b/i],
  ['takes a default away', /\bDROP\s+DEFAULT\b/i],
  ['adds a constraint', /\bADD\s+CONSTRAINT\b/i],
  ['needs a value', /\bADD\s+COLUMN\s+(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i],
]

/** Of tables that no version had used by then, or of columns that the version before leaves empty. */
const HARMLESS: readonly string[] = [
  '20261121201424_journal_subjects changes a type',
  '20261121225732_webhooks drops a column',
  '20261121225732_webhooks needs a value',
  '20261121235820_seen_payments_by_id takes a default away',
  '20261121235820_seen_payments_by_id adds a constraint',
  '20261121235820_seen_payments_by_id makes seen_payments unique',
  '20261122020253_operation_turns makes operations unique',
]

function tablesIn(sql: string, pattern: RegExp): string[] {
  return [...sql.matchAll(pattern)].map(([, table = '']) => table)
}

/** Contractions of one migration, and unique indexes on tables that others have filled. */
function contractionsOf(sql: string): string[] {
  const made = tablesIn(sql, /CREATE TABLE "(\w+)"/g)
  const restricted = tablesIn(sql, /CREATE UNIQUE INDEX "\w+" ON "(\w+)"/g).filter(
    table => !made.includes(table),
  )
  const found = CONTRACTIONS.filter(([, pattern]) => pattern.test(sql)).map(([what]) => what)
  return [...found, ...restricted.map(table => `makes ${table} unique`)]
}

describe('a migration', () => {
  test('only expands, so that the version before it goes on serving', () => {
    const names = readdirSync(migrationsDirectory).filter(name => /^\d{14}_/.test(name))
    expect(names.length).toBeGreaterThan(10)
    const contractions = names.flatMap(name => {
      const sql = readFileSync(join(migrationsDirectory, name, 'migration.sql'), 'utf8')
      return contractionsOf(sql).map(what => `${name} ${what}`)
    })
    expect(contractions.filter(found => !HARMLESS.includes(found))).toEqual([])
  })

  test.each([
    ['ALTER TABLE "orders" DROP COLUMN "notes";', ['drops a column']],
    ['ALTER TABLE "orders" ADD COLUMN "a" TEXT,\nADD COLUMN "b" INTEGER NOT NULL;', ['needs a value']],
    ['ALTER TABLE "orders" ADD COLUMN "b" INTEGER NOT NULL DEFAULT 0;', []],
    ['ALTER TABLE "orders" ALTER COLUMN "notes" SET DATA TYPE TEXT;', ['changes a type']],
    ['ALTER TABLE "orders" RENAME COLUMN "notes" TO "note";', ['renames']],
    ['CREATE UNIQUE INDEX "x" ON "orders"("reference");', ['makes orders unique']],
    ['CREATE TABLE "new" ();\nCREATE UNIQUE INDEX "x" ON "new"("reference");', []],
    ['CREATE INDEX "x" ON "orders"("reference");', []],
  ])('is judged: %s', (sql, contractions) => {
    expect(contractionsOf(sql)).toEqual(contractions)
  })
})

/** The migrations of this version and one of the next, which adds to every table that requests use. */
async function nextVersion(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'billbridge-next-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(migrationsDirectory, folder, { recursive: true })
  const tables = [
    'quotes',
    'offers',
    'leads',
    'lead_submissions',
    'tenants',
    'operations',
    'events',
    'mappings',
    'watches',
  ]
  const columns = tables.map(table => `ALTER TABLE "${table}" ADD COLUMN "next" TEXT;`)
  const sql = [
    ...columns,
    'CREATE TABLE "next" ("id" UUID PRIMARY KEY);',
    'CREATE INDEX "next_idx" ON "leads"("next");',
  ]
  await mkdir(join(folder, '99991231235959_next'))
  await writeFile(join(folder, '99991231235959_next/migration.sql'), sql.join('\n'))
  return folder
}

test('requests are served as ever while the next version migrates under them, and after', async () => {
  const gateway = await startTestGateway()
  onTestFinished(gateway.close)
  const { api, database } = gateway
  let over = false
  let served = 0
  async function ask(): Promise<number[]> {
    const statuses = []
    for (let round = 0; !over || round < 3; round += 1) {
      const lead = await api('POST /v1/leads', { body: leadRequest({ providers: ['homebox'] }) })
      const quote = await api('POST /v1/quotes', { body: household() })
      const list = await api('GET /v1/leads?limit=5')
      statuses.push(lead.status - 1, quote.status - 1, list.status, (await api('GET /health/ready')).status)
      served += 1
    }
    return statuses
  }
  const callers = [ask(), ask(), ask()]
  // Long enough for every statement to be prepared on some connection.
  await expect.poll(() => served, { timeout: 30_000 }).toBeGreaterThan(20)
  expect(await migrate(database.url, await nextVersion())).toEqual(['99991231235959_next'])
  const before = served
  await expect.poll(() => served, { timeout: 30_000 }).toBeGreaterThan(before + 20)
  over = true
  expect(new Set((await Promise.all(callers)).flat())).toEqual(new Set([200]))
}, 90_000)
