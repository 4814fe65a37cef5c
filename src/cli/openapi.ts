import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '#app'
import { readConfig } from '#config'
import { createConnections } from '#connections/connections'
import { createDatabase } from '#db/client'
import { createVault } from '#db/vault'
import { createLogger } from '#observability/logger'
import { composeServices } from '#services'

/** Shows an app that only its routes are of interest of. No database is spoken to. */
export async function withRoutes<T>(look: (app: FastifyInstance) => T): Promise<T> {
  const services = composeServices(readConfig({}), {
    database: createDatabase({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' }),
    vault: createVault([randomBytes(32)]),
    connections: createConnections('test', [], null),
    logger: createLogger({ level: 'silent', pretty: false }),
    now: () => new Date(),
    madeKey: null,
    tracing: null,
  })
  const app = await buildApp(services)
  try {
    await app.ready()
    return look(app)
  } finally {
    await app.close()
    await services.close()
  }
}

/** The document that the app itself makes of its routes. */
export function openapiDocument(): Promise<string> {
  return withRoutes(app => `${JSON.stringify(app.swagger(), null, 2)}\n`)
}

/** Prints, writes or checks the committed document. */
export async function runOpenapi({ write, check }: { write?: string; check?: string }): Promise<void> {
  const document = await openapiDocument()
  if (write) writeFileSync(write, document)
  if (check && readFileSync(check, 'utf8') !== document) {
    process.stderr.write(`${check} is not what the service serves: run npm run openapi\n`)
    process.exitCode = 1
  }
  if (!write && !check) process.stdout.write(document)
}
