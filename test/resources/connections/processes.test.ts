import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startConnectionReloads } from '#jobs/reload-connections'
import { resealAll } from '#jobs/reseal'
import type { RunningSimulators } from '#simulators/index'
import { createApi } from '#test/api'
import type { TestGateway } from '#test/gateway'
import { household } from '#test/households'
import {
  type AccountHere,
  accountAt,
  enter,
  entryOf,
  startOpenGateway,
  startOwnProviders,
} from '#test/own-connections'
import { PATIENCE } from '#test/patience'

const keysOf = (...keys: number[]) => ({
  BILLBRIDGE_ENCRYPTION_KEY: keys.map(key => Buffer.alloc(32, key).toString('base64')).join(','),
})
const logger = pino({ level: 'silent' })

let first: TestGateway
let providers: RunningSimulators
beforeAll(async () => {
  first = await startOpenGateway({ environment: keysOf(1) })
  providers = await startOwnProviders()
})
afterAll(async () => {
  await first.close()
  await providers.stop()
})

/** A further process on the same database, with these encryption keys. Ends with the test. */
async function another(...keys: number[]): Promise<TestGateway> {
  const { database, simulators, key } = first
  const environment = { ...keysOf(...keys), BILLBRIDGE_API_KEY: key }
  const process = await startOpenGateway({ database, simulators, environment })
  onTestFinished(process.close)
  return process
}

/** The same account, asking this process. */
const at = (process: TestGateway, { key }: AccountHere) => createApi(process.app, key)

const connectionAt = async (process: TestGateway, account: AccountHere) =>
  (await at(process, account)('GET /v1/providers/homebox')).body.connection

test('what one process changes is known in the others as soon as they hear of it', async () => {
  const other = await another(1)
  const account = await accountAt(first)
  const { connections } = other.services
  const reloads = startConnectionReloads({ connections, connectionString: first.database.url, logger })
  onTestFinished(() => reloads.stop())
  const id = await enter(account, providers, 'homebox')
  await vi.waitFor(
    async () => expect(await connectionAt(other, account)).toMatchObject({ id, source: 'account' }),
    PATIENCE,
  )
  await account.api(`DELETE /v1/connections/${id}`)
  await vi.waitFor(
    async () => expect(await connectionAt(other, account)).toMatchObject({ source: 'simulator' }),
    PATIENCE,
  )
})

test('one that has heard nothing yet verifies what another has just entered', async () => {
  const other = await another(1)
  const account = await accountAt(first)
  const id = await enter(account, providers, 'homebox')
  expect(await connectionAt(other, account)).toMatchObject({ source: 'simulator' })
  const { body } = await at(other, account)(`POST /v1/connections/${id}/verify`)
  expect(body.outcome).toBe('accepted')
  expect(await connectionAt(other, account)).toMatchObject({ id })
})

test('a process that starts knows what was entered before', async () => {
  const account = await accountAt(first)
  const id = await enter(account, providers, 'homebox')
  expect(await connectionAt(await another(1), account)).toMatchObject({ id })
})

test('credentials that cannot be read are refused, and what is lent is not used in their place', async () => {
  const account = await accountAt(first)
  const id = await enter(account, providers, 'homebox')
  const { sql } = first.services.database
  await sql.query(
    "UPDATE connections SET credentials = overlay(credentials PLACING '\\x00' FROM 20) WHERE account_id = $1",
    [account.accountId],
  )
  const damaged = await another(1)
  const before = first.simulators.homebox.requests().length
  const { body } = await at(damaged, account)('POST /v1/quotes', {
    body: household({ providers: ['homebox'] }),
  })
  expect(body.providers).toMatchObject([{ status: 'error', error: { code: 'provider_auth_failed' } }])
  expect(first.simulators.homebox.requests()).toHaveLength(before)
  expect(damaged.logs.join('')).toContain('the credentials of a connection cannot be read')
  await account.api(`DELETE /v1/connections/${id}`)
})

/** The hashes of all credentials for this provider that are in use. */
async function fingerprints(provider: string): Promise<string[]> {
  const { rows } = await first.services.database.sql.query<{ fingerprint: string }>(
    "SELECT fingerprint FROM connections WHERE provider = $1 AND deleted_at IS NULL AND fingerprint <> ''",
    [provider],
  )
  return rows.map(({ fingerprint }) => fingerprint)
}

// Last, for the first process goes on with the older key.
test('a rotation of the encryption key leaves connections as they are', async () => {
  const account = await accountAt(first)
  await enter(account, first.simulators, 'mybeezbox', { name: 'the same as the given one' })
  expect(new Set(await fingerprints('mybeezbox')).size).toBe(1)
  const [old] = await fingerprints('mybeezbox')
  const rotating = await another(2, 1)
  expect([new Set(await fingerprints('mybeezbox')).size, await fingerprints('mybeezbox')]).toEqual([
    1,
    expect.not.arrayContaining([old]),
  ])
  expect(await resealAll(rotating.services.database.sql, rotating.services.vault, logger)).toBe(0)
  const after = await another(2)
  const [{ id }] = (await at(after, account)('GET /v1/connections')).body.data
  const { body } = await at(after, account)(`POST /v1/connections/${id}/verify`)
  expect(body.outcome).toBe('accepted')
  const again = await at(after, account)('POST /v1/connections', { body: entryOf(providers, 'mybeezbox') })
  expect(again.status).toBe(409)
})
