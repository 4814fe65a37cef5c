import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findBootstrapKey } from '#accounts/key-store'
import { checkVaultFit } from '#accounts/vault-check'
import { CommandFailure } from '#cli/command-failure'
import { type Installation, openInstallation } from '#cli/installation'
import type { OperationsAccess } from '#cli/operations/access'
import { urlOf } from '#cli/service-address'
import { type Config, ConfigError } from '#config'
import { createConnections } from '#connections/connections'
import { givenConnections } from '#connections/environment'
import { createOwnConnections } from '#connections/own-connections'
import { findGivenConnection } from '#connections/store'
import { Operation } from '#contract/operations'
import { foundEncryptionKey } from '#db/secret-files'
import { createVault, type Vault } from '#db/vault'
import type { Call } from '#http/caller'
import { createLogger } from '#observability/logger'
import { sealedProviders } from '#providers/registry'
import { findOperation } from '#resources/operations/find-unresolved'
import { listOperations } from '#resources/operations/read-operations'
import { resolveOperation } from '#resources/operations/resolve-operation'
import { composeServices, type Services } from '#services'
import { startSimulators } from '#simulators/index'

function openVault(config: Config, { owner, vaultCheck }: Installation): Vault {
  const kept = config.encryptionKeys ?? foundEncryptionKey(config.dataDirectory)
  if (kept === null) throw new ConfigError(['BILLBRIDGE_ENCRYPTION_KEY must be the key of this database'])
  const vault = createVault(Buffer.isBuffer(kept) ? [kept] : kept)
  if (checkVaultFit(vault, { id: owner.accountId, vault_check: vaultCheck }) !== 'foreign') return vault
  throw new ConfigError(['BILLBRIDGE_ENCRYPTION_KEY is not a key that this database was written with'])
}

/** A person at the command line acts in the name of the bootstrap key. */
async function callOf({ database, owner }: Installation): Promise<Call> {
  const keyId = await findBootstrapKey(database.sql, owner)
  if (keyId === null)
    throw new CommandFailure(
      'The bootstrap key is revoked: start the service once, which gives it a new one.',
    )
  return {
    caller: { ...owner, keyId, scopes: ['admin'] },
    requestId: `req_${randomUUID()}`,
    traceparent: undefined,
    idempotency: null,
    spentUpstream: () => undefined,
  }
}

/** The simulators with what they were told before; their state has one owner at a time. */
async function openSimulators(config: Config, { source }: Installation, undo: AsyncDisposableStack) {
  if (!config.simulator) return {}
  if (source !== 'started')
    throw new CommandFailure('The simulated providers belong to the service: start it and give --url.')
  const stateDir = join(config.dataDirectory, 'simulators')
  mkdirSync(stateDir, { recursive: true })
  const { stop, ...simulators } = await startSimulators({ stateDir })
  undo.defer(stop)
  return simulators
}

async function connect(config: Config, installation: Installation, undo: AsyncDisposableStack) {
  const { database, owner } = installation
  const simulators = await openSimulators(config, installation, undo)
  const given = givenConnections(config, sealedProviders, simulators)
  const found = await Promise.all(
    given.map(connection => findGivenConnection(database.sql, { ...owner, given: connection })),
  )
  return found.filter(connection => connection !== null)
}

/**
 * The operations of the installation's database, without a service. `send` when something may have to be sent to a
 * provider. Throws CommandFailure where only the running service can do it.
 */
export async function openOperations(config: Config, { send }: { send: boolean }): Promise<OperationsAccess> {
  await using undo = new AsyncDisposableStack()
  const installation = undo.use(await openInstallation(config))
  if (installation.source === 'running') {
    const how = `ask that one, with --url ${urlOf(config)}`
    throw new CommandFailure(`The embedded database is in use by a running service: ${how}`)
  }
  const call = await callOf(installation)
  const connections = send ? await connect(config, installation, undo) : []
  const vault = openVault(config, installation)
  const logger = createLogger({ level: 'warn', pretty: false }, process.stderr)
  const entered = createOwnConnections({ sql: installation.database.sql, vault, logger })
  if (send) await entered.reload()
  const services: Services = composeServices(config, {
    database: installation.database,
    vault,
    connections: createConnections(config.mode, connections, installation.owner.accountId, entered),
    logger,
    now: () => new Date(),
    madeKey: null,
    tracing: null,
  })
  undo.defer(() => services.close())
  const held = undo.move()
  return {
    list: filters => listOperations(services, call, filters),
    async resolve(id, resolution) {
      const find = () => findOperation(services, call, id)
      const { body } = await resolveOperation(services, call, find, resolution)
      return Operation.parse(JSON.parse(body))
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}
