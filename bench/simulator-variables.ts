import type { RunningSimulators } from '#simulators/index'

/** The environment by which a gateway asks these providers. */
export function simulatorVariables(simulators: Omit<RunningSimulators, 'stop'>): Record<string, string> {
  const variables = Object.entries(simulators).flatMap(([provider, { url, credentials }]) => {
    const name = provider.toUpperCase()
    const fields = Object.entries(credentials).map(([field, value]) => [
      `${name}_${field.toUpperCase()}`,
      value,
    ])
    return [[`${name}_BASE_URL`, url], ...fields]
  })
  return Object.fromEntries(variables)
}
