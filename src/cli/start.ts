import { stopOnSignal } from '#cli/stop-on-signal'
import { type Config, ConfigError, configOfProcess } from '#config'
import { EmbeddedDatabaseError } from '#db/embedded-error'
import { MigrationError } from '#db/migrate'
import { apiKeyFile } from '#db/secret-files'
import { createLogger } from '#observability/logger'
import { type RunningGateway, startGateway } from '#start'

/** The port is taken or reserved, or the address is not one of this machine. */
function isListenError(err: unknown): err is Error {
  return err instanceof Error && 'syscall' in err && err.syscall === 'listen'
}

/** What a person does wrong at a start is answered in a line each, without a stack. */
export function explainFailure(err: unknown): string {
  if (err instanceof ConfigError) return err.lines.map(line => `billbridge: ${line}\n`).join('')
  if (err instanceof EmbeddedDatabaseError || err instanceof MigrationError)
    return `billbridge: ${err.message}\n`
  if (isListenError(err)) return `billbridge: ${err.message}: set HOST or PORT\n`
  return `billbridge: ${err instanceof Error ? (err.stack ?? err.message) : String(err)}\n`
}

/** A first request that works as it stands. */
export function firstRequest(config: Config, address: string): string {
  const key = config.apiKey ? '$BILLBRIDGE_API_KEY' : `$(cat ${apiKeyFile(config.dataDirectory)})`
  return `curl -s ${address}/v1/quotes -H "Authorization: Bearer ${key}" -H 'Content-Type: application/json' \\
  -d '{"address":{"postcode":"NE1 2QB"},"occupants":4,"household_type":"student","tenancy":{"start_date":"2027-09-01"}}'`
}

function greet(config: Config, gateway: RunningGateway, terminal: boolean): void {
  const { madeKey, logger, connections } = gateway.services
  if (terminal) {
    if (madeKey) process.stdout.write(`\nAPI key, shown only this once:\n  ${madeKey}\n`)
    process.stdout.write(
      `\nDocumentation: ${gateway.address}/docs\nTry it:\n\n${firstRequest(config, gateway.address)}\n\n`,
    )
    return
  }
  const lent = connections.of({ accountId: '', mode: config.mode })
  const providers = Object.fromEntries([...lent].map(([provider, { source }]) => [provider, source]))
  logger.info({ address: gateway.address, mode: config.mode, providers }, 'ready')
  if (madeKey)
    process.stdout.write(`${JSON.stringify({ msg: 'API key, shown only this once', api_key: madeKey })}\n`)
}

/** Starts the service and stays until SIGTERM or SIGINT. */
export async function runStart(): Promise<void> {
  const terminal = process.stdout.isTTY
  try {
    const config = configOfProcess()
    const logger = createLogger({ level: config.logLevel, pretty: terminal })
    const gateway = await startGateway(config, logger)
    stopOnSignal(logger, gateway.stop)
    greet(config, gateway, terminal)
  } catch (err) {
    process.stderr.write(explainFailure(err))
    process.exitCode = 1
  }
}
