import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbedded } from '#db/embedded'
import { missingSql } from './schema-engine.ts'

const USAGE = `npm run migration -- <name>   writes prisma/migrations/<time>_<name>/migration.sql
npm run migration:check       fails when the models are ahead of the migrations`

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true })
process.exitCode = await (values.check === true ? check() : create(positionals[0] ?? ''))

async function check(): Promise<number> {
  const sql = await withEmptyDatabase(url => missingSql(url, 'prisma'))
  process.stdout.write(sql === null ? 'Models and migrations agree.\n' : `The migrations lack:\n${sql}\n`)
  return sql === null ? 0 : 1
}

async function create(name: string): Promise<number> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    process.stderr.write(`A migration needs a name in snake_case.\n${USAGE}\n`)
    return 1
  }
  const sql = await withEmptyDatabase(url => missingSql(url, 'prisma'))
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = `prisma/migrations/${time}_${name}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    `${folder}/migration.sql`,
    sql ?? '-- Nothing differs from the models: write this one by hand.\n',
  )
  writeFileSync('prisma/migrations/migration_lock.toml', 'provider = "postgresql"\n')
  process.stdout.write(`Wrote ${folder}/migration.sql\n`)
  return 0
}

/** On a throw-away server, or as a database of its own on DATABASE_URL where the platform has no such server. */
async function withEmptyDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = process.env['DATABASE_URL']
  if (server) return await withDatabaseOn(server, work)
  const directory = await mkdtemp(join(tmpdir(), 'billbridge-schema-'))
  try {
    const database = await startEmbedded(directory, () => undefined, { throwaway: true })
    return await work(database.url).finally(database.stop)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function withDatabaseOn<T>(server: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `billbridge_schema_${randomBytes(6).toString('hex')}`
  const url = new URL(server)
  url.pathname = `/${name}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    return await work(url.href).finally(() => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))
  } finally {
    await admin.end()
  }
}
