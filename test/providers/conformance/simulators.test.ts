import { expect, test } from 'vitest'
import { providerIds } from '#contract/vocabulary'
import { ProviderError } from '#providers/provider-error'
import { sealedProviders } from '#providers/registry'
import type { SimulatorName } from '#simulators/core/magic'
import type { RunningSimulator } from '#simulators/core/simulator'
import type { OpenedProvider } from '#test/conformance-runtime'
import { openProvider } from '#test/conformance-runtime'
import { openSimulator, seed, simulatedCases, startAll } from '#test/conformance-simulators'
import { shapes } from '#test/conformance-shapes'
import { createManualClock } from '#test/manual-clock'

/** What a simulator answers and no adapter asks for yet. */
const later: Readonly<Record<SimulatorName, readonly string[]>> = {
  homebox: [],
  housr: [],
  one_utility_bill: [],
  mybeezbox: [],
}

test('every provider with an operation has a simulator', async () => {
  const simulated = (await startAll()).map(({ name }) => name)
  const working = providerIds.filter(id => sealedProviders[id].supports.size > 0)
  expect(working.filter(id => !simulated.includes(id))).toEqual([])
})

test('every operation gets from the simulator what the port promises', async () => {
  for (const simulator of await startAll()) {
    for (const { operation, input, title } of simulatedCases(simulator, await seed(simulator))) {
      const { runtime, context } = openSimulator(simulator)
      const { value } = await runtime.run(context, operation, input)
      expect(shapes[operation].parse(value), title).toEqual(value)
    }
  }
})

/** More than anybody waits here, and a different one for each operation of a simulator: 1 s, 2 s, 3 s … */
function armWaits(simulator: RunningSimulator, known: ReadonlySet<string>): void {
  simulator.disarm()
  for (const [index, operation] of simulator.operations.entries()) {
    const ms = (index + 1) * 1_000
    if (!known.has(operation)) simulator.arm({ fault: 'rate-limited', operation, ms })
  }
}

/** Which operation of the simulator a call came to first, told by the wait that it asked for; `known` ones let it pass. */
async function operationBehind(
  simulator: RunningSimulator,
  known: ReadonlySet<string>,
  call: (opened: OpenedProvider) => Promise<unknown>,
): Promise<string | null> {
  armWaits(simulator, known)
  const { name, url, credentials } = simulator
  const clock = createManualClock()
  const { facts } = await call(openProvider(name, url, { credentials, clock, deadlineMs: 900 })).then(
    () => ({ facts: null }),
    (err: unknown) => (err instanceof ProviderError ? err : Promise.reject(err)),
  )
  const seconds = (facts?.retryAfterMs ?? 0) / 1_000
  return simulator.operations[seconds - 1] ?? null
}

test('every operation of a simulator is one that an adapter asks for', async () => {
  for (const simulator of await startAll()) {
    // Longer waits than two minutes are cut.
    expect(simulator.operations.length).toBeLessThanOrEqual(120)
    const cases = simulatedCases(simulator, await seed(simulator))
    const found = new Set<string>()
    const learn = async (call: (opened: OpenedProvider) => Promise<unknown>) => {
      const operation = await operationBehind(simulator, found, call)
      if (operation !== null) found.add(operation)
    }
    if (sealedProviders[simulator.name].canVerify) {
      await learn(({ runtime, context }) => runtime.verify(context))
    }
    for (const { operation, input } of cases) {
      await learn(({ runtime, context }) => runtime.run(context, operation, input))
    }
    expect([...found, ...later[simulator.name]].toSorted()).toEqual(simulator.operations.toSorted())
  }
})
