import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type ServiceProcess, spawnService } from '#test/service-process'

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url))

/** A household that every provider can price; small, so that tests can name what they change. */
export const quoteBody = {
  address: { postcode: 'NE1 2QB' },
  occupants: 3,
  tenancy: { start_date: '2027-09-01' },
}

export const LiveQuote = z.looseObject({ id: z.string() })
export type LiveQuote = z.infer<typeof LiveQuote>

export interface LiveGateway extends ServiceProcess {
  readonly url: string
  readonly key: string
  /** Calls the API over a socket with the bootstrap key. */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response>
}

/** An empty folder for one test file, deleted by `remove`. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'billbridge-live-'))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) }
}

/** `npm start` without npm: the real process on a free port, its embedded database in `folder`. Ends with the test. */
export function spawnGateway(folder: string, env: Readonly<Record<string, string>> = {}): ServiceProcess {
  const gateway = spawnService(process.execPath, [MAIN], {
    cwd: folder,
    env: { TZ: 'America/New_York', PORT: '0', RATE_LIMIT_PER_MINUTE: '0', ...env },
  })
  onTestFinished(async () => {
    await gateway.end('SIGKILL')
  })
  return gateway
}

/** The same, once it listens. */
export async function startLiveGateway(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<LiveGateway> {
  const gateway = spawnGateway(folder, env)
  const url = await gateway.address()
  const key = readFileSync(join(folder, '.billbridge/api-key'), 'utf8').trim()
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const call = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return { ...gateway, url, key, call }
}
