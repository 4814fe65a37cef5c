import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { createProviderLedgers, type ProviderLedgers } from '#connections/provider-ledgers'
import { createDatabase, type Database } from '#db/client'
import { createVault } from '#db/vault'
import { createTestDatabase, type TestDatabase } from '#test/database'
import { startRuntime, type StartedRuntime } from '#test/provider-runtime'

export interface Processes {
  /** Pools of their own on one database, as separate processes have. */
  readonly databases: readonly Database[]
  readonly ledgers: readonly ProviderLedgers[]
  /** A runtime for each of them, over credentials that no other test uses. */
  runtimes(url: string, options?: Parameters<typeof startRuntime>[1]): StartedRuntime[]
}

const NOW = new Date('2026-08-01T09:30:00.000Z')

/** As many processes as asked for, for the tests of this file. */
export function useProcesses(count: number): Processes {
  const databases: Database[] = []
  const ledgers: ProviderLedgers[] = []
  let server: TestDatabase
  beforeAll(async () => {
    server = await createTestDatabase()
    for (let made = 0; made < count; made += 1) {
      const database = createDatabase({ connectionString: server.url })
      databases.push(database)
      ledgers.push(
        createProviderLedgers({ database, vault: createVault([Buffer.alloc(32, 7)]), now: () => NOW }),
      )
    }
  })
  afterAll(async () => {
    await Promise.all(databases.map(database => database.close()))
    await server.drop()
  })
  return {
    databases,
    ledgers,
    runtimes: (url, options = {}) => {
      const fingerprint = randomUUID()
      return ledgers.map(shared => startRuntime(url, { fingerprint, ledgers: shared, ...options }))
    },
  }
}
