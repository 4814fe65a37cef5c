import type { Clock } from '#simulators/core/endpoint'
import { type Arm, createArms } from '#simulators/core/faults'
import type { SimulatorName } from '#simulators/core/magic'
import { createRequestLog, type ReceivedRequest } from '#simulators/core/request-log'
import { createApp, type Parts } from '#simulators/core/serve'
import { type AppliedEffect, createStore, type Store } from '#simulators/core/store'

export interface SimulatorOptions {
  /** Port on 127.0.0.1; any free one when absent. */
  readonly port?: number
  readonly clock?: Clock
  /** Where the provider's ids begin to count. */
  readonly firstId?: number
  /** Keeps the provider's state over a restart. */
  readonly stateFile?: string
}

export interface RunningSimulator {
  readonly name: SimulatorName
  /** Base URL without a slash at its end. */
  readonly url: string
  /** What a client has to present. */
  readonly credentials: Readonly<Record<string, string>>
  /** What `effects`, `count` and `arm` may name; they throw RangeError for anything else. */
  readonly operations: readonly string[]
  requests(): ReceivedRequest[]
  effects(operation?: string): AppliedEffect[]
  count(operation: string): number
  /** Lets the next requests fail whatever they carry. */
  arm(arm: Arm): void
  disarm(): void
  stop(): Promise<void>
}

/** What a provider's endpoints work with. */
export interface SimulatorContext {
  readonly store: Store
  readonly clock: Clock
}

/** What a provider's simulator is made of. */
export interface SimulatorSpec extends Parts, SimulatorContext {
  readonly name: SimulatorName
  readonly credentials: Readonly<Record<string, string>>
}

/** Opens what a provider keeps. Throws when the state file holds something else. */
export function createContext(options: SimulatorOptions): SimulatorContext {
  const clock = options.clock ?? (() => new Date())
  const { stateFile: file, firstId } = options
  const store = createStore({
    clock,
    ...(file === undefined ? {} : { file }),
    ...(firstId === undefined ? {} : { firstId }),
  })
  return { clock, store }
}

/** Refuses names that no endpoint has: a misspelt one would count nothing and never strike. */
function knowing(operations: readonly string[]) {
  return <T extends string | undefined>(operation: T): T => {
    if (operation === undefined || operations.includes(operation)) return operation
    throw new RangeError(`no operation ${operation}; there are ${operations.join(', ')}`)
  }
}

/** Opens a provider on a loopback socket of its own, at any free port when none is given. */
export async function startSimulator(spec: SimulatorSpec, port = 0): Promise<RunningSimulator> {
  const { store } = spec
  const arms = createArms()
  const log = createRequestLog()
  const operations = spec.endpoints.map(({ operation }) => operation)
  const known = knowing(operations)
  const app = createApp({ ...spec, arms, log, applied: store.applied })
  const url = await app.listen({ host: '127.0.0.1', port })
  return {
    name: spec.name,
    url,
    credentials: spec.credentials,
    operations,
    requests: log.all,
    effects: operation => store.effects(known(operation)),
    count: operation => store.count(known(operation)),
    arm: arm => {
      known(arm.operation)
      arms.arm(arm)
    },
    disarm: arms.disarm,
    stop: () => app.close(),
  }
}
