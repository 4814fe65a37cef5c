import { ProblemError } from '#http/problem-error'

/** Whether new requests should come here. */
export interface Readiness {
  /** Throws `service_unavailable` while the database cannot be used, or once the process is on its way out. */
  check(): Promise<void>
  /** From now on not ready: a load balancer takes the process out while it finishes what it has. */
  leave(): void
  readonly leaving: () => boolean
}

export interface ReadinessDeps {
  /** Throws when the database does not answer. */
  readonly ping: () => Promise<void>
  /** The migrations that the database lacks. */
  readonly pending: () => Promise<readonly string[]>
}

const headers = { 'retry-after': '5' }

export function createReadiness({ ping, pending }: ReadinessDeps): Readiness {
  let leaving = false
  let migrated = false

  /** Looked at until it is so once: a newer version that migrates further must not take this one out. */
  async function demandMigrations(): Promise<void> {
    if (migrated) return
    if ((await pending()).length > 0)
      throw new ProblemError('service_unavailable', 'The database lacks migrations.', { headers })
    migrated = true
  }

  return {
    check: async () => {
      if (leaving) throw new ProblemError('service_unavailable', 'The process is shutting down.', { headers })
      await ping().catch((cause: unknown) => {
        throw new ProblemError('service_unavailable', 'The database cannot be reached.', { headers, cause })
      })
      await demandMigrations()
    },
    leave: () => {
      leaving = true
    },
    leaving: () => leaving,
  }
}
