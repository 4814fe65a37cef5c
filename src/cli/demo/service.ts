import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createApiClient, ServiceProblem, ServiceUnreachable } from '#cli/api-client'
import { CommandFailure } from '#cli/command-failure'
import { isLoopback, keyFor, urlOf } from '#cli/service-address'
import { type Config, readConfig } from '#config'
import { listOf } from '#contract/vocabulary'
import { Provider } from '#contract/providers'
import { createLogger } from '#observability/logger'

const NEEDED = ['homebox', 'housr', 'one_utility_bill']
const PROBE_MS = 3_000
const Live = z.object({ status: z.literal('live') })
const Providers = listOf(Provider, 'All providers.')

export interface DemoService {
  readonly url: string
  readonly key: string
  /** Whether it was started for the demo, and ends with it. */
  readonly started: boolean
  /** Why the service that was found is not used; null when there was none or it is used. */
  readonly passedOver: string | null
}

async function answersAt(url: string): Promise<boolean> {
  try {
    await createApiClient({ url, key: null, patienceMs: PROBE_MS }).call('GET /health/live', Live)
    return true
  } catch (err) {
    if (err instanceof ServiceUnreachable || err instanceof ServiceProblem) return false
    throw err
  }
}

/** Why a running service cannot show the demo, which must never reach a provider that is not simulated. */
async function unfitness(url: string, key: string | null): Promise<string | null> {
  if (key === null) return `no key for ${url} is known: set BILLBRIDGE_API_KEY`
  try {
    const { body } = await createApiClient({ url, key }).call('GET /v1/providers', Providers)
    const simulated = body.data.filter(({ connection }) => connection.state === 'simulated')
    const real = NEEDED.filter(id => !simulated.some(provider => provider.id === id))
    return real.length === 0 ? null : `${real.join(', ')} at ${url} is not simulated`
  } catch (err) {
    if (err instanceof ServiceProblem) return `${url} does not take the key: ${err.message}`
    throw err
  }
}

/** A service on a free port with a data directory that is deleted afterwards; nothing of the environment is used. */
async function startOwn(undo: AsyncDisposableStack): Promise<Pick<DemoService, 'url' | 'key' | 'started'>> {
  // Most of what there is to load, and not needed where a service runs.
  const { startGateway } = await import('#start')
  const directory = await mkdtemp(join(tmpdir(), 'billbridge-demo-'))
  undo.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  const config = readConfig({ PORT: '0', BILLBRIDGE_DATA_DIR: directory, RATE_LIMIT_PER_MINUTE: '0' })
  const gateway = await startGateway(config, createLogger({ level: 'silent', pretty: false }))
  undo.defer(() => gateway.stop())
  const key = gateway.services.madeKey
  if (key === null) throw new TypeError('a first start makes a key')
  return { url: gateway.address, key, started: true }
}

/**
 * The service at `wanted`, or where this configuration would have one, when it can show the demo; else one of its own.
 * Throws CommandFailure when a service was asked for by name and cannot show it.
 */
export async function findService(
  config: Config,
  wanted: string | null,
  undo: AsyncDisposableStack,
): Promise<DemoService> {
  const url = wanted ?? urlOf(config)
  if (!(await answersAt(url))) {
    if (wanted === null || isLoopback(wanted)) return { ...(await startOwn(undo)), passedOver: null }
    throw new CommandFailure(`No service answers at ${wanted}.`)
  }
  const key = keyFor(url, config)
  const passedOver = await unfitness(url, key)
  if (passedOver === null && key !== null) return { url, key, started: false, passedOver }
  if (wanted !== null) throw new CommandFailure(`The demo cannot use this service: ${passedOver}.`)
  return { ...(await startOwn(undo)), passedOver }
}
