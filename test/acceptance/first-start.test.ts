import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnGateway, startLiveGateway, temporaryFolder } from '#test/live-gateway'
import { spawnService } from '#test/service-process'

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url))

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => folder.remove())

test('the first start prints the key once and keeps it for its owner; later starts keep quiet and know it', async () => {
  const first = await startLiveGateway(folder.path)
  const file = join(folder.path, '.billbridge/api-key')
  expect(first.stdout.filter(line => line.includes('bb_test_'))).toEqual([
    JSON.stringify({ msg: 'API key, shown only this once', api_key: first.key }),
  ])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await first.end('SIGTERM')).toBe(0)

  const second = await startLiveGateway(folder.path)
  expect((await second.call('GET', '/v1/providers')).status).toBe(200)
  expect(await second.end('SIGTERM')).toBe(0)
  expect(readFileSync(file, 'utf8').trim()).toBe(first.key)
  expect([...first.stderr, ...second.stdout, ...second.stderr].join('\n')).not.toContain('bb_test_')
})

test('a second process on the same data directory is refused in one line, and the first goes on', async () => {
  const first = await startLiveGateway(folder.path)
  const second = spawnGateway(folder.path)
  expect(await second.ended).toBe(1)
  expect(second.stderr).toEqual([
    expect.stringMatching(/^billbridge: .*\.billbridge\/postgres is in use by another Billbridge process: /),
  ])
  expect((await fetch(`${first.url}/health/ready`)).status).toBe(200)
  expect(await first.end('SIGINT')).toBe(0)
})

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.runIf(process.platform === 'linux' && isInstalled('script') && isInstalled('curl'))(
  'in a terminal the start ends with a curl that works as it is pasted',
  async () => {
    const command = `exec ${process.execPath} ${MAIN}`
    const terminal = spawnService(
      'script',
      ['--quiet', '--flush', '--return', '--command', command, '/dev/null'],
      {
        cwd: folder.path,
        env: { PORT: '0', SHELL: '/bin/sh' },
      },
    )
    const body = await terminal.line(line => line.startsWith("  -d '"))
    const pasted = `${terminal.stdout[terminal.stdout.indexOf(body) - 1]}\n${body}`
    const { stdout } = await promisify(execFile)('sh', ['-c', pasted.replaceAll('\r', '')], {
      cwd: folder.path,
    })
    expect(JSON.parse(stdout)).toMatchObject({ object: 'quote', status: 'complete' })
    await terminal.end('SIGTERM')
  },
)
