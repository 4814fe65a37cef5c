import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '#db/client'
import { ShownFindings } from '#test/cli-output'
import { type CliResult, runCli } from '#test/cli-process'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#test/database'
import { startTestGateway, TEST_ENCRYPTION_KEY } from '#test/gateway'
import { type RunningSimulators, startSimulators } from '#simulators/index'

const OTHER_KEY = Buffer.alloc(32, 8).toString('base64')

let folder: string
let database: TestDatabase
let simulators: RunningSimulators

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'billbridge-doctor-'))
  writeFileSync(join(folder, 'file'), '')
  database = await createTestDatabase()
  const gateway = await startTestGateway({ database })
  await gateway.close()
  simulators = await startSimulators()
})
afterAll(async () => {
  await simulators.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

/** A service that has all it needs. */
const sound = () => ({
  DATABASE_URL: database.url,
  BILLBRIDGE_ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
  BILLBRIDGE_DATA_DIR: folder,
})

function doctor(env: Readonly<Record<string, string>>): Promise<CliResult> {
  return runCli(['doctor', '--json'], { env: { ...sound(), ...env } })
}

/** What is said of one check, and that nothing else is wrong. */
async function failureOf(check: string, env: Readonly<Record<string, string>>) {
  const { code, json } = await doctor(env)
  const { ok, findings } = ShownFindings.parse(json())
  expect({ code, ok }).toEqual({ code: 1, ok: false })
  const wrong = findings.filter(({ verdict }) => verdict === 'failed')
  expect(wrong.map(({ check: named }) => named)).toEqual([check])
  const [failure] = wrong
  if (!failure) throw new Error('nothing is wrong')
  return failure
}

function verdictsOf({ json }: CliResult): Record<string, string> {
  const { findings } = ShownFindings.parse(json())
  return Object.fromEntries(findings.map(({ check, verdict, finding }) => [check, `${verdict}: ${finding}`]))
}

/** The variables that point a gateway at running simulators. */
const connected = () => ({
  HOMEBOX_BASE_URL: simulators.homebox.url,
  HOMEBOX_TOKEN: simulators.homebox.credentials['token'] ?? '',
  HOUSR_BASE_URL: simulators.housr.url,
  HOUSR_API_KEY: simulators.housr.credentials['api_key'] ?? '',
  ONE_UTILITY_BILL_BASE_URL: simulators.one_utility_bill.url,
  ONE_UTILITY_BILL_CLIENT_ID: simulators.one_utility_bill.credentials['client_id'] ?? '',
  ONE_UTILITY_BILL_CLIENT_SECRET: simulators.one_utility_bill.credentials['client_secret'] ?? '',
})

describe.concurrent('nothing is wrong', () => {
  test('with a database that fits and providers that take their credentials', async () => {
    const result = await doctor({ ...connected(), BILLBRIDGE_SIMULATOR: 'off' })
    expect(result).toMatchObject({ code: 0, stderr: [] })
    expect(verdictsOf(result)).toEqual({
      configuration: 'ok: mode test, listens on 127.0.0.1:3000',
      'data directory': 'ok: not needed: database and key come from the environment, nothing is simulated',
      database: expect.stringMatching(/^ok: Postgres \d+\.\d+.* at DATABASE_URL$/),
      migrations: 'ok: all applied',
      'encryption key': 'ok: opens what the database holds',
      homebox: expect.stringMatching(/^ok: connected to http.*, credentials accepted in \d+ ms$/),
      housr: expect.stringMatching(/^note: connected to http.*; it has no harmless call/),
      one_utility_bill: expect.stringMatching(/^ok: connected to http.*, credentials accepted in \d+ ms$/),
      mybeezbox: 'note: not connected',
      clock: expect.stringMatching(/^ok: \d{4}-.*Z; there is nothing to compare it with$/),
    })
    expect(simulators.homebox.effects()).toEqual([])
  })

  test('before the first start, and nothing is made by looking', async () => {
    const env = { DATABASE_URL: '', BILLBRIDGE_ENCRYPTION_KEY: '', BILLBRIDGE_DATA_DIR: join(folder, 'new') }
    const result = await doctor(env)
    expect(result.code).toBe(0)
    expect(verdictsOf(result)).toMatchObject({
      'data directory': `note: ${join(folder, 'new')} is made at the first start`,
      database: 'note: embedded, made at the first start',
      housr: 'ok: simulated: needs no credentials and is never really called',
    })
    expect(() => rmSync(join(folder, 'new'))).toThrow('ENOENT')
  })

  test('with migrations that the next start applies', async () => {
    const empty = await createEmptyDatabase()
    const result = await doctor({ DATABASE_URL: empty.url })
    await empty.drop()
    expect(result.code).toBe(0)
    expect(verdictsOf(result)).toMatchObject({
      migrations: expect.stringMatching(/^note: \d+ to be applied: \d+_foundation, /),
      'encryption key': 'ok: there, and nothing is encrypted yet',
    })
  })

  test('with a key that was rotated', async () => {
    const result = await doctor({ BILLBRIDGE_ENCRYPTION_KEY: `${OTHER_KEY},${TEST_ENCRYPTION_KEY}` })
    expect(result.code).toBe(0)
    expect(verdictsOf(result)['encryption key']).toMatch(
      /^note: opens what the database holds, which is sealed/,
    )
  })
})

describe.concurrent('what is wrong is said with what to do:', () => {
  test('every mistake in the configuration, without its value', async () => {
    const wrong = {
      PORT: 'hunter2',
      HOMEBOX_BASE_URL: 'ftp://hunter2',
      ONE_UTILITY_BILL_CLIENT_ID: 'hunter2',
    }
    const { code, json, stdout } = await doctor(wrong)
    const failed = ShownFindings.parse(json()).findings.filter(({ verdict }) => verdict === 'failed')
    expect(code).toBe(1)
    expect(failed.map(({ finding }) => finding.split(' ')[0]).toSorted()).toEqual([
      'HOMEBOX_BASE_URL',
      'HOMEBOX_BASE_URL',
      'ONE_UTILITY_BILL_CLIENT_ID',
      'PORT',
    ])
    expect(stdout).not.toContain('hunter2')
  })

  test('a production address in test mode', async () => {
    const env = { HOMEBOX_BASE_URL: 'https://accounts.billingbetter.co.uk', HOMEBOX_TOKEN: 'token' }
    const { finding, advice } = await failureOf('configuration', env)
    expect(finding).toBe("HOMEBOX_BASE_URL is a provider's production address, but the mode is test")
    expect(advice).toBe('Set HOMEBOX_BASE_URL so, or leave it out.')
  })

  test('a data directory that is none', async () => {
    const { finding, advice } = await failureOf('data directory', {
      BILLBRIDGE_DATA_DIR: join(folder, 'file'),
    })
    expect(finding).toBe(`${join(folder, 'file')} is no folder`)
    expect(advice).toContain('set BILLBRIDGE_DATA_DIR')
  })

  test('a database that cannot be reached, without its password', async () => {
    const env = { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/bills' }
    const failure = await failureOf('database', env)
    expect(failure.advice).toContain('Check DATABASE_URL')
    expect(JSON.stringify(failure)).not.toContain('hunter2')
  })

  test('a database that is newer than the program', async () => {
    const newer = await createTestDatabase()
    const { sql, close } = createDatabase({ connectionString: newer.url })
    await sql.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('x', 'x', '29990101000000_later', now())`,
    )
    await close()
    const { finding, advice } = await failureOf('migrations', { DATABASE_URL: newer.url })
    await newer.drop()
    expect(finding).toContain('newer than this program: it has migration 29990101000000_later')
    expect(advice).toContain('Run the version of Billbridge')
  })

  test.each([
    [
      'another one',
      { BILLBRIDGE_ENCRYPTION_KEY: OTHER_KEY },
      'is not one that this database was written with',
    ],
    ['none', { BILLBRIDGE_ENCRYPTION_KEY: '' }, 'there is none in '],
  ])('an encryption key that does not fit: %s', async (_what, env, words) => {
    const { finding, advice } = await failureOf('encryption key', env)
    expect(finding).toContain(words)
    expect(advice).toMatch(/^Set BILLBRIDGE_ENCRYPTION_KEY to the key/)
  })

  test('providers that refuse the credentials or cannot be reached', async () => {
    const env = { ...connected(), HOMEBOX_TOKEN: 'hunter2', ONE_UTILITY_BILL_BASE_URL: 'http://127.0.0.1:1' }
    const { code, json, stdout } = await doctor(env)
    const failed = ShownFindings.parse(json()).findings.filter(({ verdict }) => verdict === 'failed')
    expect(code).toBe(1)
    expect(failed).toEqual([
      {
        check: 'homebox',
        verdict: 'failed',
        finding: expect.stringContaining('(status 401)'),
        advice: `Correct HOMEBOX_TOKEN, which must be for ${simulators.homebox.url}.`,
      },
      {
        check: 'one_utility_bill',
        verdict: 'failed',
        finding: expect.stringContaining('ECONNREFUSED'),
        advice: 'Check ONE_UTILITY_BILL_BASE_URL (http://127.0.0.1:1), and that this machine may reach it.',
      },
    ])
    expect(stdout).not.toContain('hunter2')
  })

  test('a provider whose paths are guesses, in live mode', async () => {
    const { finding, advice } = await failureOf('mybeezbox', {
      BILLBRIDGE_MODE: 'live',
      MYBEEZBOX_BASE_URL: 'https://127.0.0.1:9',
      MYBEEZBOX_USERNAME: 'billbridge',
      MYBEEZBOX_PASSWORD: 'hunter2',
    })
    expect(finding).toContain('The path of auth.token is inferred')
    expect(advice).toContain('run billbridge providers import mybeezbox')
  })
})

test('a person reads a line for each check, and what to do below', async () => {
  const env = { ...sound(), BILLBRIDGE_ENCRYPTION_KEY: OTHER_KEY }
  const { code, stdout } = await runCli(['doctor'], { env })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^verdict +check +finding\nok +configuration +mode test/)
  expect(stdout).toMatch(/^failed +encryption key +is not one .*\n +→ Set BILLBRIDGE_ENCRYPTION_KEY to /m)
  expect(stdout).toMatch(/\n1 thing\(s\) to mend\.$/)
})
