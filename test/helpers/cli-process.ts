import { fileURLToPath } from 'node:url'
import { spawnService } from '#test/service-process'

export const PROGRAM = fileURLToPath(new URL('../../src/cli/billbridge.js', import.meta.url))

/** A command that hangs is killed, and has a signal's name as its code. */
const PATIENCE_MS = 60_000

export interface CliResult {
  readonly code: number | string
  readonly stdout: string
  /** Lines. */
  readonly stderr: readonly string[]
  /** The parsed output of a command with `--json`: see `cli-output`. */
  json(): unknown
}

export interface CliOptions {
  /** Its whole environment but PATH. */
  readonly env?: Readonly<Record<string, string>>
  /** Where its `.billbridge` would be; a folder without one when left out. */
  readonly cwd?: string
}

/** Runs the real command line to its end, as a process of its own whose output nobody watches. */
export async function runCli(
  args: readonly string[],
  { env = {}, cwd }: CliOptions = {},
): Promise<CliResult> {
  const cli = spawnService(process.execPath, [PROGRAM, ...args], {
    env: {
      TZ: 'America/New_York',
      BILLBRIDGE_DATA_DIR: cwd ? '.billbridge' : '/nonexistent/billbridge',
      ...env,
    },
    ...(cwd === undefined ? {} : { cwd }),
  })
  const timer = setTimeout(() => void cli.end('SIGKILL'), PATIENCE_MS)
  const code = await cli.ended.finally(() => clearTimeout(timer))
  const stdout = cli.stdout.join('\n')
  return { code, stdout, stderr: cli.stderr, json: () => JSON.parse(stdout) }
}
