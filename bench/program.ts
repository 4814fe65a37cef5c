import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const TICK_MS = 10
const PAGE_BYTES = 4_096
const PATIENCE_MS = 60_000

/** A process that the bench has started. */
export interface Program {
  readonly child: ChildProcess
  /** Milliseconds of processor time so far, in all its threads. */
  cpuMs(): number
  /** Bytes that it holds. */
  memory(): number
  stop(): Promise<void>
}

function programOf(child: ChildProcess): Program {
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return {
    child,
    cpuMs: () => (Number(stat()[11]) + Number(stat()[12])) * TICK_MS,
    memory: () => Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(timer)
    },
  }
}

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** One of `bench/programs`, with the first thing that it says. */
export async function startProgram(name: string, args: readonly string[]): Promise<[Program, unknown]> {
  const child = fork(fileOf(`./programs/${name}.ts`), args, { env: { PATH: process.env['PATH'] } })
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const [said]: unknown[] = await once(child, 'message', { signal })
  return [programOf(child), said]
}

/** The gateway as `npm start` runs it, and where it listens. */
export async function startGateway(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<[Program, string]> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', fileOf('../src/main.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.once('exit', () => reject(new Error(`the gateway ended before it was ready\n${text}`)))
  const read = (chunk: Buffer) => {
    text += chunk.toString()
    const address = /"address":"([^"]+)"/.exec(text)?.[1]
    if (address === undefined) return
    // What it logs from now on is taken and forgotten: a full pipe would stop it.
    child.stdout.off('data', read).resume()
    resolve(address)
  }
  child.stdout.on('data', read)
  return [programOf(child), await promise]
}
