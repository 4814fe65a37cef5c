/** The embedded database cannot run here. The message is one line and ends with what to set instead. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
}

/** @param reason a clause without a full stop, such as `the disk of /srv/data is full` */
export function embeddedError(reason: string, cause?: unknown): EmbeddedDatabaseError {
  const line = reason.replaceAll(/\s+/g, ' ').trim()
  return new EmbeddedDatabaseError(
    `The embedded database cannot start: ${line}. Set DATABASE_URL to use a Postgres of your own.`,
    cause === undefined ? {} : { cause },
  )
}

/** What went wrong in a system call or in a program's output, in words a person can act on. */
export function reasonOf(cause: unknown, place: string): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/ENOSPC|No space left on device|EDQUOT|Disk quota exceeded|database or disk is full/.test(text))
    return `the disk of ${place} is full`
  if (/EROFS|Read-only file system/.test(text)) return `${place} is on a read-only file system`
  if (/EACCES|EPERM|Permission denied/i.test(text)) return `this user may not write in ${place}`
  return text
}

/** Of the operating system or of SQLite, as opposed to a mistake of ours or an error that is explained already. */
export function isSystemError(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause
}
