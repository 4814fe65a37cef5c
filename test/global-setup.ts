import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#db/embedded'
import { migrate } from '#db/migrate'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files make their databases: copies of `template`, named with it as prefix. */
    postgres: { url: string; template: string }
  }
}

/**
 * One migrated template database per run, on a throw-away Postgres or, when DATABASE_URL is set, on that server,
 * where only databases with this run's own prefix are made and dropped.
 */
export default async function setup(project: TestProject) {
  const server = await startServer()
  const template = `billbridge_test_${randomBytes(6).toString('hex')}`
  project.provide('postgres', { url: server.url, template })
  const admin = new pg.Client({ connectionString: server.url })
  try {
    await admin.connect()
    await admin.query(`CREATE DATABASE ${template} TEMPLATE template0`)
    await migrate(databaseUrl(server.url, template), 'prisma/migrations')
  } finally {
    await admin.end()
  }
  return async () => {
    await dropDatabases(server.url, template)
    await server.stop()
  }
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const external = process.env['DATABASE_URL']
  if (external) return { url: external, stop: async () => undefined }
  const directory = await mkdtemp(join(tmpdir(), 'billbridge-test-'))
  const server = await startEmbedded(directory, () => undefined, {
    throwaway: true,
  })
  const stop = async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    const { rows } = await admin.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      prefix,
    ])
    for (const row of rows) await admin.query(`DROP DATABASE ${row.datname} WITH (FORCE)`)
  } finally {
    await admin.end()
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
