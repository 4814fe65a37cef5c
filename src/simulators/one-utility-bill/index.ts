import {
  createContext,
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '#simulators/core/simulator'
import type { Limit } from '#simulators/core/sliding-log'
import { createDialect } from '#simulators/one-utility-bill/dialect'
import { createGate } from '#simulators/one-utility-bill/gate'
import { Lead, leadEndpoints } from '#simulators/one-utility-bill/leads'
import { quoteEndpoint } from '#simulators/one-utility-bill/quotes'
import { type Client, createTokens } from '#simulators/one-utility-bill/tokens'
import { createUuids } from '#simulators/one-utility-bill/uuids'

export interface OneUtilityBillOptions extends SimulatorOptions {
  /** Requests per client; the sandbox's 25 per 10 s when absent. `off` counts none. */
  readonly limit?: Limit | 'off'
  /** Further clients that may ask for tokens; each has a rate limit of its own. */
  readonly clients?: readonly Client[]
}

const credentials = {
  client_id: 'one-utility-bill-simulator-client',
  client_secret: 'one-utility-bill-simulator-secret',
}
const SANDBOX: Limit = { requests: 25, seconds: 10 }

/** One Utility Bill's Affiliate API on a loopback socket. */
export async function startOneUtilityBillSimulator(
  options: OneUtilityBillOptions = {},
): Promise<RunningSimulator> {
  const { store, clock } = createContext(options)
  const { nextId } = store
  const dialect = createDialect(clock, nextId)
  const uuids = createUuids(clock, nextId)
  const tokens = createTokens([credentials, ...(options.clients ?? [])], { clock, nextId, dialect })
  const leads = store.collection('leads', Lead)
  return startSimulator(
    {
      name: 'one_utility_bill',
      credentials,
      store,
      clock,
      dialect,
      gate: createGate(options.limit ?? SANDBOX, { clock, tokens, dialect }),
      endpoints: [
        tokens.endpoint,
        quoteEndpoint({ uuids, clock, dialect }),
        ...leadEndpoints({ uuids, clock, dialect, leads }),
      ],
    },
    options.port,
  )
}
