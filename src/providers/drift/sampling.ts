import type { Mode, ProviderId } from '#contract/vocabulary'

/** A 2xx JSON answer just after it was parsed, whether it can be used or not. */
export interface SeenAnswer {
  readonly provider: ProviderId
  readonly mode: Mode
  /** UUID of the connection that it came through. */
  readonly connectionId: string
  readonly operation: string
  /** Method and path template, such as `GET /api/partner/order/{order_id}`. */
  readonly endpoint: string
  readonly body: unknown
  /** Its size on the wire. */
  readonly bytes: number
}

/** Chooses the answers that are worth a look. */
export interface Sampling {
  isWanted(answer: SeenAnswer): boolean
}

const FRACTION = 1 / 50
const MOST_KNOWN = 20_000

/** The first answer of each operation at each connection, and one in fifty after that. `random` is as Math.random. */
export function createSampling(random: () => number): Sampling {
  const known = new Set<string>()
  return {
    isWanted: ({ connectionId, operation, endpoint }) => {
      const key = [connectionId, operation, endpoint].join(' ')
      if (known.has(key)) return random() < FRACTION
      if (known.size >= MOST_KNOWN) known.clear()
      known.add(key)
      return true
    },
  }
}
