import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export interface ServiceOptions {
  /** Its whole environment but PATH: nothing of ours leaks in. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
}

export interface ServiceProcess {
  readonly child: ChildProcess
  /** Lines so far. */
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  /** The first line of stdout, past or to come, that `accept` takes. Rejects when the process ends without it. */
  line(accept: (line: string) => boolean): Promise<string>
  /** Where it listens, once it says so. */
  address(): Promise<string>
  /** Its exit code, once it has ended and everything it wrote was read; the signal's name when it was killed. */
  readonly ended: Promise<number | string>
  /** Sends the signal and resolves as `ended` does. */
  end(signal: NodeJS.Signals): Promise<number | string>
}

const PATIENCE_MS = 60_000

/** Runs a command that speaks JSON lines, as the service does when nobody watches. */
export function spawnService(
  command: string,
  args: readonly string[],
  options: ServiceOptions,
): ServiceProcess {
  const { env, ...rest } = options
  const child = spawn(command, args, {
    ...rest,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: string[] = []
  const stderr: string[] = []
  const watchers = new Set<() => void>()
  collect(child.stdout, stdout, () => {
    for (const watch of watchers) watch()
  })
  collect(child.stderr, stderr, () => undefined)
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(signal ?? code ?? 'unknown'))
  })

  function line(accept: (line: string) => boolean): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const fail = (why: string) => reject(new Error(`${why}\n${[...stdout, ...stderr].join('\n')}`))
    const watch = () => {
      const found = stdout.find(accept)
      if (found !== undefined) resolve(found)
    }
    const timer = setTimeout(() => fail('the line does not come'), PATIENCE_MS)
    watchers.add(watch)
    watch()
    void ended.then(how => fail(`the process ended with ${how}`), reject)
    return promise.finally(() => {
      clearTimeout(timer)
      watchers.delete(watch)
    })
  }

  return {
    child,
    stdout,
    stderr,
    line,
    address: async () => addressIn(await line(text => addressIn(text) !== '')),
    ended,
    end: signal => {
      child.kill(signal)
      return ended
    },
  }
}

function collect(stream: Readable, lines: string[], then: () => void): void {
  createInterface({ input: stream }).on('line', text => {
    lines.push(text)
    then()
  })
}

function addressIn(line: string): string {
  return /"address":"([^"]+)"/.exec(line)?.[1] ?? ''
}
