import {
  createContext,
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '#simulators/core/simulator'
import { categoryEndpoints } from '#simulators/mybeezbox/categories'
import { mybeezboxDialect } from '#simulators/mybeezbox/dialect'
import { giftcardEndpoints } from '#simulators/mybeezbox/giftcards'
import { permissionsEndpoint } from '#simulators/mybeezbox/permissions'
import { createTokens, credentials } from '#simulators/mybeezbox/tokens'

/** MyBeezBox's API on a loopback socket, at the paths that we infer. */
export async function startMybeezboxSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { store, clock } = createContext(options)
  const { gate, endpoint } = createTokens(store.nextId)
  const endpoints = [
    endpoint,
    permissionsEndpoint(),
    ...giftcardEndpoints(store),
    ...categoryEndpoints(store),
  ]
  const name = 'mybeezbox'
  return startSimulator(
    { name, credentials, store, clock, dialect: mybeezboxDialect, gate, endpoints },
    options.port,
  )
}
