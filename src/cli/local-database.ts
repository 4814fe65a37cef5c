import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CommandFailure } from '#cli/command-failure'
import type { Config } from '#config'
import { runningEmbedded, startEmbedded } from '#db/embedded'
import { EmbeddedDatabaseError } from '#db/embedded-error'
import { lockDirectory } from '#db/embedded-lock'

/** The installation's database, for as long as a command needs it. */
export interface LocalDatabase extends AsyncDisposable {
  readonly url: string
  /** `configured`: DATABASE_URL. Else the embedded one: started for this command, or found `running`. */
  readonly source: 'configured' | 'started' | 'running'
}

export function embeddedDirectory(config: Pick<Config, 'dataDirectory'>): string {
  return join(config.dataDirectory, 'postgres')
}

/** Whether another process, such as the service, runs the embedded database. */
function isInUse(directory: string): boolean {
  try {
    lockDirectory(directory).release()
    return false
  } catch (err) {
    if (err instanceof EmbeddedDatabaseError) return true
    throw err
  }
}

/** Throws CommandFailure where nothing was ever started, and EmbeddedDatabaseError. */
export async function openLocalDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDirectory'>,
): Promise<LocalDatabase> {
  const nothingToClose = async () => undefined
  if (config.databaseUrl !== null)
    return { url: config.databaseUrl, source: 'configured', [Symbol.asyncDispose]: nothingToClose }
  const directory = embeddedDirectory(config)
  if (!existsSync(join(directory, 'postgres')))
    throw new CommandFailure(
      `There is no database in ${config.dataDirectory} yet: start the service once, or set BILLBRIDGE_DATA_DIR or DATABASE_URL.`,
    )
  if (isInUse(directory)) {
    const { url, release } = await runningEmbedded(directory)
    return { url, source: 'running', [Symbol.asyncDispose]: release }
  }
  const { url, stop } = await startEmbedded(directory, line => process.stderr.write(`${line}\n`))
  return { url, source: 'started', [Symbol.asyncDispose]: stop }
}
