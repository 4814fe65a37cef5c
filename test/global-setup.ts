import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#db/embedded'
import { migrate } from '#db/migrate'
import { makeScratchFolder } from '#test/scratch-folder'

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
  await using undo = new AsyncDisposableStack()
  const server = await startServer()
  undo.defer(server.stop)
  const template = `billbridge_test_${randomBytes(6).toString('hex')}`
  undo.defer(() => dropDatabases(server.url, template))
  await runOn(server.url, client => client.query(`CREATE DATABASE ${template} TEMPLATE template0`))
  await migrate(databaseUrl(server.url, template), 'prisma/migrations')
  project.provide('postgres', { url: server.url, template })

  const running = undo.move()
  return () => running.disposeAsync()
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const external = process.env['DATABASE_URL']
  if (external) return { url: external, stop: async () => undefined }
  const directory = await makeScratchFolder()
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
  await runOn(url, async client => {
    const find = 'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)'
    const { rows } = await client.query<{ name: string }>(find, [prefix])
    for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
  })
}

async function runOn(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await work(client).finally(() => client.end())
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
