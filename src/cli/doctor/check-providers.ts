import { randomUUID } from 'node:crypto'
import { failed, type Finding, note, ok } from '#cli/doctor/finding'
import type { Config } from '#config'
import { configuredProviders } from '#connections/configured-providers'
import type { GivenConnection } from '#connections/connections'
import { type ProviderId, providerIds } from '#contract/vocabulary'
import { createLogger } from '#observability/logger'
import { version } from '#observability/version'
import { createCircuits } from '#providers/circuit'
import { systemClock as clock } from '#providers/clock'
import { createDeadline } from '#providers/deadline'
import { createLimiter } from '#providers/limiter'
import { ProviderError } from '#providers/provider-error'
import { sealedProviders } from '#providers/registry'
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

function adviceFor({ facts }: ProviderError, { provider, credentials, baseUrl }: GivenConnection): string {
  const name = provider.toUpperCase()
  if (facts.code === 'provider_auth_failed') {
    const variables = Object.keys(credentials).map(field => `${name}_${field.toUpperCase()}`)
    return `Correct ${variables.join(' and ')}, which must be for ${baseUrl}.`
  }
  if (facts.code === 'operation_not_configured')
    return `Get the OpenAPI file from the site of ${provider}, run billbridge providers import ${provider} <file> --write operations.json, and set ${name}_OPERATIONS_FILE=operations.json.`
  if (facts.outcome === 'not_sent')
    return `Check ${name}_BASE_URL (${baseUrl}), and that this machine may reach it.`
  return `Try again later; if it stays so, check ${name}_BASE_URL (${baseUrl}) or ask the provider.`
}

async function verify(
  runtime: ProviderRuntime,
  config: Config,
  connection: GivenConnection,
): Promise<Finding> {
  const { provider, baseUrl } = connection
  if (!sealedProviders[provider].canVerify)
    return note(
      provider,
      `connected to ${baseUrl}; it has no harmless call, so its credentials are not checked`,
    )
  const deadline = createDeadline(config.providerTimeoutMs)
  const opened = { ...connection, id: randomUUID(), mode: config.mode, fingerprint: provider }
  try {
    const context = { connection: opened, accountId: '', requestId: `req_${randomUUID()}`, deadline }
    const { durationMs } = await runtime.verify(context)
    return ok(provider, `connected to ${baseUrl}, credentials accepted in ${Math.round(durationMs)} ms`)
  } catch (err) {
    if (!(err instanceof ProviderError)) throw err
    const status = err.facts.status === undefined ? '' : ` (status ${err.facts.status})`
    return failed(provider, `${err.message}${status}`, adviceFor(err, connection))
  } finally {
    deadline.dispose()
  }
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
        return connection ? verify(runtime, config, connection) : unconnected(provider, config)
      }),
    )
  } finally {
    await runtime.close()
  }
}
