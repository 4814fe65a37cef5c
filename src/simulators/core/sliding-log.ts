import type { Clock } from '#simulators/core/endpoint'

export interface Limit {
  readonly requests: number
  readonly seconds: number
}

export interface Seat {
  readonly limit: number
  readonly remaining: number
  /** Null when there was room; else when there will be, in milliseconds since 1970. */
  readonly freeAt: number | null
}

/** Counts requests per client over the last seconds. A request that finds no room is not counted. */
export function createSlidingLog(limit: Limit, clock: Clock): (client: string) => Seat {
  const logs = new Map<string, number[]>()
  return client => {
    const now = clock().getTime()
    const since = now - limit.seconds * 1_000
    const log = (logs.get(client) ?? []).filter(at => at > since)
    logs.set(client, log)
    const oldest = log[0]
    if (log.length >= limit.requests && oldest !== undefined) {
      return { limit: limit.requests, remaining: 0, freeAt: oldest + limit.seconds * 1_000 }
    }
    log.push(now)
    return { limit: limit.requests, remaining: limit.requests - log.length, freeAt: null }
  }
}
