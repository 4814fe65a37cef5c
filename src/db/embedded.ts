import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCluster, SUPERUSER } from '#db/embedded-cluster'
import { embeddedError, isSystemError, reasonOf } from '#db/embedded-error'
import { endLeftover } from '#db/embedded-leftover'
import { lockDirectory } from '#db/embedded-lock'
import { nativeBinaries } from '#db/embedded-native'
import { startServer } from '#db/embedded-server'
import { serverUser } from '#db/embedded-user'

export interface EmbeddedDatabase {
  /** Connection string of the database, over a socket that only this user can reach. */
  readonly url: string
  /** Ends open connections, shuts the server down and gives the directory back. May be called more than once. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Nothing is kept safe on disk: for databases that are deleted afterwards (tests, comparing migrations). */
  readonly throwaway?: boolean
}

/** Small memory, and nothing that a request's data could end up in: an error's detail can quote a row. */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  max_connections: '50',
  shared_buffers: '32MB',
  io_method: 'sync',
  jit: 'off',
  // Plans made for tables that were empty then go by the wrong index, until their statistics are taken: a minute by default.
  autovacuum_naptime: '15s',
  log_line_prefix: '',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}
const THROWAWAY = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  max_connections: '200',
  max_wal_size: '256MB',
}

/** Where only root can write and everybody can read: no other user can plant a server for us to run. */
const ROOT_CACHE = '/var/cache/billbridge'

/**
 * Starts a Postgres of our own, made from npm's binaries, with its files in `directory`; makes the cluster on the
 * first start. Committed data survives the end of this process and of the machine.
 *
 * As root the server runs as `nobody` (see `serverUser`); its folder may all the same lie below directories that
 * only root can enter.
 *
 * @param log gets the server's warnings, one line each
 * @throws EmbeddedDatabaseError when it cannot run here, or when another process uses the directory
 */
export async function startEmbedded(
  directory: string,
  log: (line: string) => void,
  options: EmbeddedOptions = {},
): Promise<EmbeddedDatabase> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    return await startIn(await realpath(directory), log, options.throwaway ?? false)
  } catch (cause) {
    throw isSystemError(cause) ? embeddedError(reasonOf(cause, directory), cause) : cause
  }
}

async function startIn(
  directory: string,
  log: (line: string) => void,
  throwaway: boolean,
): Promise<EmbeddedDatabase> {
  await using undo = new AsyncDisposableStack()
  undo.defer(lockDirectory(directory).release)
  const named = join(directory, 'postgres')
  const data = await realpath(named).catch(() => named)
  const runAs = await serverUser(data)
  const native = await nativeBinaries(runAs, process.getuid?.() === 0 ? ROOT_CACHE : directory)
  await endLeftover(data)
  await ensureCluster(data, native, runAs, !throwaway)
  const socket = await reachableFolder(data)
  undo.defer(socket.remove)
  const settings = throwaway ? { ...SETTINGS, ...THROWAWAY } : SETTINGS
  const server = await startServer({ data, native, runAs, settings, log })
  undo.defer(server.stop)

  const running = undo.move()
  return { url: urlOf(socket.path), stop: () => running.disposeAsync() }
}

/**
 * How to connect to the server that another process of this user, or of any user where we are root, runs in
 * `directory`: for a command beside the service. Whether it answers is seen by connecting.
 */
export async function runningEmbedded(
  directory: string,
): Promise<{ readonly url: string; release(): Promise<void> }> {
  const socket = await reachableFolder(await realpath(join(directory, 'postgres')))
  return { url: urlOf(socket.path), release: socket.remove }
}

function urlOf(folder: string): string {
  return `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(folder)}`
}

/** The system limits a socket's path to about 100 bytes: a longer one is reached through a private link. */
async function reachableFolder(data: string): Promise<{ path: string; remove(): Promise<void> }> {
  const LONGEST = 100 - '/.s.PGSQL.5432'.length
  if (Buffer.byteLength(data) <= LONGEST) return { path: data, remove: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'billbridge-'))
  await symlink(data, join(folder, 'db'))
  return { path: join(folder, 'db'), remove: () => rm(folder, { recursive: true, force: true }) }
}
