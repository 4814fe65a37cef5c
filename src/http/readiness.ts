import { ProblemError } from '#http/problem-error'

/** Whether new requests should come here. */
export interface Readiness {
  /** Throws `service_unavailable` while the database cannot be reached, or once the process is on its way out. */
  check(): Promise<void>
  /** From now on not ready: a load balancer takes the process out while it finishes what it has. */
  leave(): void
}

export function createReadiness(ping: () => Promise<void>): Readiness {
  let leaving = false
  const headers = { 'retry-after': '5' }
  return {
    check: async () => {
      if (leaving) throw new ProblemError('service_unavailable', 'The process is shutting down.', { headers })
      await ping().catch((cause: unknown) => {
        throw new ProblemError('service_unavailable', 'The database cannot be reached.', { headers, cause })
      })
    },
    leave: () => {
      leaving = true
    },
  }
}
