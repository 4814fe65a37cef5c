import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { embeddedError, reasonOf } from '#db/embedded-error'
import { bareEnvironment, type RunAs } from '#db/embedded-user'

const run = promisify(execFile)

/** The superuser of the cluster; nobody else can reach the socket. */
export const SUPERUSER = 'billbridge'

/**
 * What every Postgres program gets as data directory: the folder it is started in. We enter it before giving up
 * root, so the server needs no right on the folders above (a clone in root's own home), and it follows the link
 * without walking the path. Elsewhere than on Linux the server never changes user, and a relative path will do.
 */
export const HERE = process.platform === 'linux' ? '/proc/self/cwd' : '.'

/**
 * Makes the cluster when there is none. It appears under its final name only when it is complete and on disk, so a
 * run that was killed in between starts afresh.
 */
export async function ensureCluster(
  data: string,
  native: string,
  runAs: RunAs,
  durable: boolean,
): Promise<void> {
  if ((await stat(join(data, 'PG_VERSION')).catch(() => null)) !== null) return
  const draft = `${data}.new`
  try {
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft, { mode: 0o700 })
    await chmod(draft, 0o700)
    if ('uid' in runAs) await chown(draft, runAs.uid, runAs.gid)
    await run(join(native, 'bin/initdb'), initdbArguments(durable), {
      ...runAs,
      cwd: draft,
      env: bareEnvironment,
    })
    await rename(draft, data)
    if (durable) await syncFolder(dirname(data))
  } catch (cause) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
    throw embeddedError(initdbReason(cause, dirname(data)), cause)
  }
}

/** Built-in C.UTF-8: sorted by code point, upper and lower case in every language, the same on every machine. */
function initdbArguments(durable: boolean): string[] {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const sync = durable ? [] : ['--no-sync']
  return ['-D', HERE, '-U', SUPERUSER, '--auth=trust', '--no-instructions', ...locale, ...sync]
}

function initdbReason(cause: unknown, directory: string): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  const unknownUser = /could not look up effective user ID (\d+)/.exec(text)
  if (unknownUser !== null) return `user ${unknownUser[1]} has no entry in /etc/passwd`
  const reason = reasonOf(cause, directory)
  return reason === text ? `initdb failed: ${lastComplaint(text.split('\n'))}` : reason
}

/** The line of a Postgres program's output that says why it gave up. */
export function lastComplaint(lines: readonly string[]): string {
  const complaints = lines.filter(line => /\b(FATAL|PANIC|ERROR|error):/.test(line))
  return complaints.at(-1) ?? lines.filter(line => line.trim() !== '').at(-1) ?? 'it gave no reason'
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
