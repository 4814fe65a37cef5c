import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { PROGRAM, runCli } from '#test/cli-process'
import { spawnService } from '#test/service-process'

const COMMANDS = [
  'start',
  'migrate',
  'simulators',
  'openapi',
  'demo',
  'doctor',
  'keys',
  'keys create',
  'keys list',
  'keys revoke',
  'operations',
  'operations list',
  'operations resolve',
  'providers',
  'providers import',
]

test('every command says what it does, with an example', async () => {
  const answers = await Promise.all(COMMANDS.map(command => runCli([...command.split(' '), '--help'])))
  for (const [index, { code, stdout, stderr }] of answers.entries()) {
    const command = COMMANDS[index] ?? ''
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: [] })
    expect(stdout).toMatch(
      new RegExp(`^Usage: billbridge ${command}\\b[^]*\\nExample:\\n  .*billbridge ${command}`),
    )
  }
})

describe('wrong usage', () => {
  test.concurrent.each([
    ['no command', [], /^Usage: billbridge /],
    ['an unknown command', ['keyz'], /^error: unknown command 'keyz'/],
    ['half a command', ['operations'], /^Usage: billbridge operations /],
    ['a missing argument', ['keys', 'revoke'], /^error: missing required argument 'key_id'/],
    ['an id of something else', ['keys', 'revoke', 'order_1'], /must be an id key_…/],
    ['a key without scopes', ['keys', 'create', 'Till'], /^error: required option '-s, --scope/],
    [
      'an expiry that is over',
      ['keys', 'create', 'Till', '-s', 'admin', '--expires', '2020-01-01'],
      /in the future/,
    ],
    ['an address that is none', ['demo', '--url', 'localhost'], /http or https URL/],
    ['an outcome that is none', ['operations', 'resolve', 'ID'], /say --happened or --did-not-happen/],
    [
      'a repetition of what happened',
      ['operations', 'resolve', 'ID', '--happened', '--send-again'],
      /--send-again goes/,
    ],
    [
      'a scope that is none',
      ['keys', 'create', 'Till', '-s', 'quote:read'],
      /no scope quote:read; .*quotes:read/,
    ],
  ])('is told from a failure: %s', async (_what, args, words) => {
    const id = 'operation_01kb2z6x9ve8vs2m0g5a7d3c1r'
    const { code, stdout, stderr } = await runCli(args.map(word => (word === 'ID' ? id : word)))
    expect(stderr.join('\n')).toMatch(words)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

function hasScript(): boolean {
  try {
    execFileSync('script', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('colour', () => {
  const env = { BILLBRIDGE_DATA_DIR: '/nonexistent/billbridge', SHELL: '/bin/sh', TERM: 'xterm' }
  const ESCAPE = String.fromCharCode(27)

  /** Everything that the doctor writes to a terminal. */
  async function onTerminal(more: Readonly<Record<string, string>>): Promise<string> {
    const command = `exec ${process.execPath} ${PROGRAM} doctor`
    const terminal = spawnService('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...env, ...more },
    })
    await terminal.ended
    return terminal.stdout.join('\n')
  }

  test('is not in what is piped', async () => {
    const { stdout } = await runCli(['doctor'], { env })
    expect(stdout).toContain('configuration')
    expect(stdout).not.toContain(ESCAPE)
  })

  test.runIf(process.platform === 'linux' && hasScript())(
    'is on a terminal, unless it is not wanted',
    async () => {
      const [coloured, plain] = await Promise.all([onTerminal({}), onTerminal({ NO_COLOR: '1' })])
      expect(coloured).toContain(`${ESCAPE}[32mok`)
      expect(plain).toMatch(/^ok +configuration/m)
      expect(plain).not.toContain(ESCAPE)
    },
  )
})
