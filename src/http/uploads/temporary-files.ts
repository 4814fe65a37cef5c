import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'billbridge-upload-'

/** Far longer than a request takes. */
const FORGOTTEN_AFTER_MS = 60 * 60_000

/** Where nothing lies yet. */
export function newTemporaryPath(): string {
  return join(tmpdir(), `${PREFIX}${randomUUID()}`)
}

/** What is not there any more is as good as removed. */
export function removeFile(path: string): Promise<void> {
  return rm(path, { force: true })
}

async function removeForgotten(path: string, now: Date): Promise<boolean> {
  const { mtimeMs } = await stat(path)
  if (now.getTime() - mtimeMs < FORGOTTEN_AFTER_MS) return false
  await removeFile(path)
  return true
}

/**
 * Removes received files that a process left behind when it was killed; those of requests under way, here or in another
 * process, are younger. Returns how many.
 */
export async function removeForgottenUploads(now: Date): Promise<number> {
  const names = await readdir(tmpdir())
  const paths = names.filter(name => name.startsWith(PREFIX)).map(name => join(tmpdir(), name))
  const removals = await Promise.allSettled(paths.map(path => removeForgotten(path, now)))
  return removals.filter(removal => removal.status === 'fulfilled' && removal.value).length
}
