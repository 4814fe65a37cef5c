import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../db/embedded-child.ts', import.meta.url))

export interface EmbeddedProcess {
  readonly child: ChildProcess
  /** The next line of its output, or null when it ended. */
  nextLine(): Promise<string | null>
  /** Resolves once it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Runs `test/db/embedded-child.ts` in a process of its own. */
export function spawnEmbedded(
  args: readonly string[],
  options: Pick<SpawnOptions, 'uid' | 'gid'> = {},
): EmbeddedProcess {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    ...options,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    async nextLine() {
      const { value, done } = await lines.next()
      return done ? null : value
    },
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    },
  }
}
