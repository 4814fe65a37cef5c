import type { IncomingHttpHeaders } from 'node:http'

const KEPT = 1_000

export interface ReceivedRequest {
  readonly method: string
  /** Path as it was sent, without the query. */
  readonly path: string
  readonly query: unknown
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
  /** Null when there was none, or none that could be read. */
  readonly body: unknown
}

export interface RequestLog {
  add(request: ReceivedRequest): void
  /** The newest 1,000 requests, oldest first. */
  all(): ReceivedRequest[]
}

export function createRequestLog(): RequestLog {
  const kept: ReceivedRequest[] = []
  return {
    add: request => {
      kept.push(request)
      if (kept.length > KEPT) kept.shift()
    },
    all: () => [...kept],
  }
}
