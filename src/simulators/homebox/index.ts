import { z } from 'zod'
import type { Gate } from '#simulators/core/endpoint'
import { type RunningSimulator, type SimulatorOptions, startSimulator } from '#simulators/core/simulator'
import { accountEndpoint } from '#simulators/homebox/account'
import { findAddressEndpoint } from '#simulators/homebox/addresses'
import { homeboxDialect } from '#simulators/homebox/dialect'
import { packagesEndpoint } from '#simulators/homebox/packages'
import { partnerQuoteEndpoint } from '#simulators/homebox/partner-quote'

const credentials = { token: 'homebox-simulator-token' }

/** Chapter "Authentication"; every sample of the document asks for JSON. */
const gate: Gate = ({ headers }) => {
  if (headers.authorization !== `Bearer ${credentials.token}`) {
    return { headers: {}, refusal: homeboxDialect.unauthorized() }
  }
  const asksForJson = headers.accept?.includes('application/json') ?? false
  return { headers: {}, refusal: asksForJson ? null : homeboxDialect.unreadable() }
}

/** Homebox's partner API on a loopback socket. */
export function startHomeboxSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  return startSimulator(
    {
      name: 'homebox',
      credentials,
      state: z.object({}),
      empty: () => ({}),
      build: () => ({
        dialect: homeboxDialect,
        gate,
        endpoints: [accountEndpoint(), findAddressEndpoint(), packagesEndpoint(), partnerQuoteEndpoint()],
      }),
    },
    options,
  )
}
