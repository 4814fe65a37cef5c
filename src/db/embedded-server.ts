import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { HERE, lastComplaint } from '#db/embedded-cluster'
import { embeddedError, reasonOf } from '#db/embedded-error'
import { bareEnvironment, type RunAs } from '#db/embedded-user'

/** Crash recovery after a kill is part of the start and can take a while on a slow disk. */
const START_PATIENCE_MS = 120_000
const STOP_PATIENCE_MS = 15_000

/**
 * Becomes Postgres, leaving behind a watcher at the other end of our pipe (descriptor 3). When we die, however we
 * die, the pipe closes and the watcher asks the server to shut down; after an ordinary end it is told to leave.
 */
const WATCHED = '( ( read -r word <&3 || kill -INT $$ ) >/dev/null 2>&1 & ); exec "$@" 3<&-'

export interface ServerOptions {
  readonly data: string
  readonly native: string
  readonly runAs: RunAs
  readonly settings: Readonly<Record<string, string>>
  /** Gets the server's warnings and fatal errors, and a line when it ends without being asked to. */
  readonly log: (line: string) => void
}

/** Starts the server and waits until it takes connections. `stop` may be called more than once. */
export async function startServer(options: ServerOptions): Promise<{ stop(): Promise<void> }> {
  const server = spawnServer(options)
  const ended = endOf(server)
  let state: 'starting' | 'running' | 'stopping' = 'starting'
  const output: string[] = []
  const ready = new Promise<'ready'>(resolve => {
    onLine(server, line => {
      if (state === 'starting') output.push(line)
      if (line.includes('ready to accept connections')) resolve('ready')
      if (state === 'running' && /^(WARNING|FATAL|PANIC):/.test(line)) options.log(line)
    })
  })
  const stop = async () => {
    state = 'stopping'
    server.kill('SIGINT')
    const patience = setTimeout(() => server.kill('SIGQUIT'), STOP_PATIENCE_MS)
    await ended
    clearTimeout(patience)
  }

  const slow = AbortSignal.timeout(START_PATIENCE_MS)
  const first = await Promise.race([ready, ended, once(slow, 'abort').then(() => 'too slow')])
  if (first !== 'ready') {
    await stop()
    throw embeddedError(startReason(first, output, options.data))
  }
  state = 'running'
  void ended.then(how => {
    if (state === 'running') options.log(`The embedded database ended by itself: ${how}.`)
  })
  return { stop }
}

function spawnServer({ data, native, runAs, settings }: ServerOptions): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn('/bin/sh', ['-c', WATCHED, 'sh', join(native, 'bin/postgres'), '-D', HERE, ...flags], {
    ...runAs,
    cwd: data,
    env: bareEnvironment,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl-C in a terminal must reach us first, not the server
  })
}

/** Resolves, with how it ended, once the process is gone or could not be made; then dismisses the watcher. */
function endOf(server: ChildProcess): Promise<string> {
  const watcher = server.stdio[3]
  const dismiss = () => (watcher instanceof Writable ? watcher.end('bye\n') : undefined)
  watcher?.on('error', () => undefined)
  return new Promise(resolve => {
    server.once('error', err => resolve(err.message))
    server.once('exit', (code, signal) => {
      dismiss()
      resolve(signal ?? `exit code ${code}`)
    })
  })
}

function onLine(server: ChildProcess, take: (line: string) => void): void {
  if (server.stderr !== null) createInterface({ input: server.stderr }).on('line', take)
}

function startReason(how: string, output: readonly string[], data: string): string {
  const said = output.length > 0 ? lastComplaint(output) : how
  const reason = reasonOf(said, data)
  return reason === said ? `Postgres ended while starting (${said})` : reason
}
