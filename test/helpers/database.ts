import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export interface TestDatabase {
  readonly url: string
  /** Ends whatever is still connected and drops the database. */
  drop(): Promise<void>
}

/** A database of one's own with every migration applied; takes some 50 ms, so make one per file, not per test. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return await createDatabaseFrom(inject('postgres').template)
}

/** The same without any table, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return await createDatabaseFrom('template0')
}

async function createDatabaseFrom(template: string): Promise<TestDatabase> {
  const server = inject('postgres')
  const name = `${server.template}_${randomBytes(4).toString('hex')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgres').url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
