import type { KeyOwner } from '#accounts/key-store'
import { findBootstrapAccount } from '#accounts/store'
import { CommandFailure } from '#cli/command-failure'
import { type LocalDatabase, openLocalDatabase } from '#cli/local-database'
import type { Config } from '#config'
import { createDatabase, type Database } from '#db/client'
import { pendingMigrations } from '#db/migrate'
import { migrationsDirectory } from '#db/migrations-directory'

/** What the service keeps, opened beside or in place of the service. */
export interface Installation extends AsyncDisposable {
  readonly database: Database
  readonly source: LocalDatabase['source']
  /** The account that the environment's key and connections belong to, in the mode of the environment. */
  readonly owner: KeyOwner
  /** Seals a known text: which encryption key this database was written with. */
  readonly vaultCheck: Uint8Array | null
}

async function demandMigrated(database: Database): Promise<void> {
  const pending = await pendingMigrations(database.sql, migrationsDirectory)
  if (pending.length === 0) return
  throw new CommandFailure(
    `The database lacks ${pending.length} migration(s): run billbridge migrate, or start the service.`,
  )
}

/** Throws CommandFailure, MigrationError and EmbeddedDatabaseError for a database that cannot be worked on. */
export async function openInstallation(config: Config): Promise<Installation> {
  await using undo = new AsyncDisposableStack()
  const local = undo.use(await openLocalDatabase(config))
  const database = createDatabase({ connectionString: local.url, max: 4 })
  undo.defer(() => database.close())
  await demandMigrated(database)
  const account = await findBootstrapAccount(database.sql)
  if (!account) throw new CommandFailure('There is no account in this database yet: start the service once.')
  const held = undo.move()
  return {
    database,
    source: local.source,
    owner: { accountId: account.id, mode: config.mode },
    vaultCheck: account.vault_check,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}
