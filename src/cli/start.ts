import { explainFailure } from '#cli/explain-failure'
import { stopOnSignal } from '#cli/stop-on-signal'
import { type Config, configOfProcess } from '#config'
import { apiKeyFile } from '#db/secret-files'
import { createLogger } from '#observability/logger'
import { type RunningGateway, startGateway } from '#start'

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
