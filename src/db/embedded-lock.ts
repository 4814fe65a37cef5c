import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedDatabaseError } from '#db/embedded-error'

/**
 * Takes the data directory for this process until `release`, or until the process dies however it dies. Node has no
 * file locks of its own; SQLite's exclusive lock is one, kept by the operating system.
 *
 * @throws EmbeddedDatabaseError when another process holds it
 */
export function lockDirectory(directory: string): { release(): void } {
  const file = join(directory, 'lock.db')
  requireWritable(file)
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (!isBusy(cause)) throw cause
    throw new EmbeddedDatabaseError(
      `${directory} is in use by another Billbridge process: stop that one, or set BILLBRIDGE_DATA_DIR or DATABASE_URL.`,
    )
  }
  return { release: () => lock.close() }
}

/** SQLite would only say that it cannot open the file. Never opens one that exists: closing it again ends the lock. */
function requireWritable(file: string): void {
  if (existsSync(file)) accessSync(file, constants.W_OK)
  else closeSync(openSync(file, 'wx', 0o600))
}

function isBusy(cause: unknown): boolean {
  const SQLITE_BUSY = 5
  return cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY
}
