import { randomUUID } from 'node:crypto'
import { failed, type Finding, note, ok } from '#cli/doctor/finding'
import type { Config } from '#config'
import { configuredProviders } from '#connections/configured-providers'
import type { GivenConnection } from '#connections/connections'
import { type Verification, verify } from '#connections/verify'
import { type ProviderId, providerIds } from '#contract/vocabulary'
import { createLogger } from '#observability/logger'
import { version } from '#observability/version'
import { createCircuits } from '#providers/circuit'
import { systemClock as clock } from '#providers/clock'
import { createLimiter } from '#providers/limiter'
import type { ProviderError } from '#providers/provider-error'
import { createProviderRuntime, type ProviderRuntime } from '#providers/run'
import { createTokens } from '#providers/tokens'

/** As the service speaks to providers, but nothing is kept of it. */
function createRuntime(config: Config): ProviderRuntime {
  return createProviderRuntime({
    providers: configuredProviders(config),
    limiter: createLimiter({ clock }),
    circuits: createCircuits({ clock, random: Math.random, onChange: () => undefined }),
    tokens: createTokens({ clock }),
    callLog: { record: () => undefined },
    logger: createLogger({ level: 'silent', pretty: false }),
    timeouts: { providerMs: config.providerTimeoutMs },
    version,
  })
}

type Failure = Extract<Verification, { error: ProviderError }>

function adviceFor({ outcome }: Failure, { provider, credentials, baseUrl }: GivenConnection): string {
  const name = provider.toUpperCase()
  if (outcome === 'refused') {
    const variables = Object.keys(credentials).map(field => `${name}_${field.toUpperCase()}`)
    return `Correct ${variables.join(' and ')}, which must be for ${baseUrl}.`
  }
  if (outcome === 'not_configured')
    return `Get the OpenAPI file from the site of ${provider}, run billbridge providers import ${provider} <file> --write operations.json, and set ${name}_OPERATIONS_FILE=operations.json.`
  if (outcome === 'not_reached')
    return `Check ${name}_BASE_URL (${baseUrl}), and that this machine may reach it.`
  return `Try again later; if it stays so, check ${name}_BASE_URL (${baseUrl}) or ask the provider.`
}

async function tryOut(
  runtime: ProviderRuntime,
  config: Config,
  connection: GivenConnection,
): Promise<Finding> {
  const { provider, baseUrl } = connection
  const opened = { ...connection, id: randomUUID(), mode: config.mode, fingerprint: provider }
  const context = { connection: opened, accountId: '', requestId: `req_${randomUUID()}` }
  const verified = await verify(runtime, context, config.providerTimeoutMs)
  if (verified.outcome === 'not_verifiable')
    return note(
      provider,
      `connected to ${baseUrl}; it has no harmless call, so its credentials are not checked`,
    )
  if (verified.outcome === 'accepted') {
    const ms = Math.round(verified.durationMs)
    return ok(provider, `connected to ${baseUrl}, credentials accepted in ${ms} ms`)
  }
  const { message, facts } = verified.error
  const status = facts.status === undefined ? '' : ` (status ${facts.status})`
  return failed(provider, `${message}${status}`, adviceFor(verified, connection))
}

function unconnected(provider: ProviderId, { simulator }: Config): Finding {
  return simulator
    ? ok(provider, 'simulated: needs no credentials and is never really called')
    : note(provider, 'not connected')
}

/** Every provider: whether it is connected, and whether it takes the credentials. */
export async function checkProviders(config: Config, given: readonly GivenConnection[]): Promise<Finding[]> {
  const runtime = createRuntime(config)
  try {
    return await Promise.all(
      providerIds.map(async provider => {
        const connection = given.find(candidate => candidate.provider === provider)
        return connection ? tryOut(runtime, config, connection) : unconnected(provider, config)
      }),
    )
  } finally {
    await runtime.close()
  }
}
