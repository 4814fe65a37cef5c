import { join } from 'node:path'
import { configOfProcess } from '#config'
import { startEmbedded } from '#db/embedded'
import { migrate } from '#db/migrate'
import { migrationsDirectory } from '#db/migrations-directory'

/** Applies what the database lacks and says what that was. */
export async function runMigrate(): Promise<void> {
  const config = configOfProcess()
  const embedded = config.databaseUrl
    ? null
    : await startEmbedded(join(config.dataDirectory, 'postgres'), line => process.stderr.write(`${line}\n`))
  try {
    const applied = await migrate(config.databaseUrl ?? embedded?.url ?? '', migrationsDirectory)
    process.stdout.write(
      applied.length === 0 ? 'nothing to do\n' : applied.map(name => `applied ${name}\n`).join(''),
    )
  } finally {
    await embedded?.stop()
  }
}
