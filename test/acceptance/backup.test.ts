import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTestGateway } from '#test/gateway'
import { household } from '#test/households'
import { temporaryFolder } from '#test/live-gateway'

/** The commands of the handbook, a line each. */
const commands = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^pg_(?:dump|restore) .+$/gm)].map(
  String,
)

/** Of pg_dump, which the embedded Postgres does not bring along; 0 where there is none. */
function installedMajor(): number {
  try {
    return Number(/ (\d+)\./.exec(execFileSync('pg_dump', ['--version'], { encoding: 'utf8' }))?.[1])
  } catch {
    return 0
  }
}

test('the handbook says how to back up and how to restore', () => {
  expect(commands.map(command => command.split(' ', 1)[0])).toEqual(['pg_dump', 'pg_restore'])
})

test('what was backed up is there again after it was lost', async ({ onTestFinished, skip }) => {
  const folder = await temporaryFolder()
  onTestFinished(folder.remove)
  const gateway = await startTestGateway()
  onTestFinished(gateway.close)
  const { rows } = await gateway.services.database.sql.query<{ major: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major",
  )
  skip(installedMajor() < (rows[0]?.major ?? 0), 'needs a pg_dump that is no older than the server')
  const { body: quote } = await gateway.api('POST /v1/quotes', { body: household() })
  const env = { ...process.env, DATABASE_URL: gateway.database.url }
  const run = (command = '') => execFileSync('sh', ['-c', command], { cwd: folder.path, env, stdio: 'pipe' })
  run(commands[0])
  expect(readFileSync(join(folder.path, 'billbridge.dump')).length).toBeGreaterThan(1_000)
  await gateway.services.database.sql.query('TRUNCATE quotes')
  expect((await gateway.api(`GET /v1/quotes/${quote.id}`)).status).toBe(404)
  run(commands[1])
  expect((await gateway.api(`GET /v1/quotes/${quote.id}`)).body).toEqual(quote)
})
