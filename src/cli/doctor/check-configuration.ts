import { failed, type Finding, ok } from '#cli/doctor/finding'
import { type Config, ConfigError, configOfProcess } from '#config'
import { configuredProviders } from '#connections/configured-providers'
import type { GivenConnection } from '#connections/connections'
import { givenConnections } from '#connections/environment'

const CHECK = 'configuration'

export interface ReadConfiguration {
  /** Null when it cannot be read: then nothing else can be looked at. */
  readonly config: Config | null
  /** What the environment connects; null when it contradicts itself. */
  readonly given: readonly GivenConnection[] | null
  readonly findings: readonly Finding[]
}

/** A mistake says what must be set. */
function mistakes(err: unknown): Finding[] {
  if (!(err instanceof ConfigError)) throw err
  return err.lines.map(line =>
    failed(CHECK, line, `Set ${/^\w+/.exec(line)?.[0] ?? 'it'} so, or leave it out.`),
  )
}

/** Every mistake in the environment at once. */
export function checkConfiguration(): ReadConfiguration {
  let config: Config
  try {
    config = configOfProcess()
  } catch (err) {
    return { config: null, given: null, findings: mistakes(err) }
  }
  try {
    const given = givenConnections(config, configuredProviders(config), {})
    const where = `${config.host}:${config.port}`
    return { config, given, findings: [ok(CHECK, `mode ${config.mode}, listens on ${where}`)] }
  } catch (err) {
    return { config, given: null, findings: mistakes(err) }
  }
}
