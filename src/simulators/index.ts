import { join } from 'node:path'
import type { Clock } from '#simulators/core/endpoint'
import type { SimulatorName } from '#simulators/core/magic'
import type { RunningSimulator, SimulatorOptions } from '#simulators/core/simulator'
import type { Limit } from '#simulators/core/sliding-log'
import { type RunningHomebox, startHomeboxSimulator } from '#simulators/homebox/index'
import { startHousrSimulator } from '#simulators/housr/index'
import { startMybeezboxSimulator } from '#simulators/mybeezbox/index'
import { startOneUtilityBillSimulator } from '#simulators/one-utility-bill/index'

export interface SimulatorsOptions {
  /** Ports on 127.0.0.1; any free one where none is named. */
  readonly ports?: Readonly<Partial<Record<SimulatorName, number>>>
  readonly clock?: Clock
  /** Where ids begin to count, at every provider. */
  readonly firstId?: number
  /** An existing folder for one state file per provider, so that a restart forgets nothing. */
  readonly stateDir?: string
  /** One Utility Bill's rate limit. */
  readonly limit?: Limit | 'off'
}

function optionsFor(name: SimulatorName, options: SimulatorsOptions): SimulatorOptions {
  const { clock, firstId, ports, stateDir } = options
  return {
    port: ports?.[name] ?? 0,
    ...(clock === undefined ? {} : { clock }),
    ...(firstId === undefined ? {} : { firstId }),
    ...(stateDir === undefined ? {} : { stateFile: join(stateDir, `${name}.jsonl`) }),
  }
}

export interface RunningSimulators {
  readonly homebox: RunningHomebox
  readonly housr: RunningSimulator
  readonly one_utility_bill: RunningSimulator
  readonly mybeezbox: RunningSimulator
  stop(): Promise<void>
}

/** Opens every provider on a socket of its own; when one cannot start (port taken), none stays open. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<RunningSimulators> {
  const running: RunningSimulator[] = []
  const stop = async () => {
    await Promise.all(running.map(simulator => simulator.stop()))
  }
  const opened = async <R extends RunningSimulator>(starting: Promise<R>): Promise<R> => {
    const simulator = await starting
    running.push(simulator)
    return simulator
  }
  const limit = options.limit === undefined ? {} : { limit: options.limit }
  const forOub = { ...optionsFor('one_utility_bill', options), ...limit }
  try {
    return {
      homebox: await opened(startHomeboxSimulator(optionsFor('homebox', options))),
      housr: await opened(startHousrSimulator(optionsFor('housr', options))),
      one_utility_bill: await opened(startOneUtilityBillSimulator(forOub)),
      mybeezbox: await opened(startMybeezboxSimulator(optionsFor('mybeezbox', options))),
      stop,
    }
  } catch (err) {
    await stop()
    throw err
  }
}
