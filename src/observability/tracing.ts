/** One request that is being served. */
export interface RequestSpan {
  /** What calls to providers carry on, in place of what the caller sent. */
  readonly traceparent: string
  end(request: { method: string; route: string; status: number }): void
}

/** A call to a provider that is over, as far as a trace tells of it. */
export interface TracedCall {
  readonly context: { readonly connection: { readonly provider: string }; readonly traceparent?: string }
  readonly operation: string
  readonly method: string
  /** Path template. */
  readonly path: string
  readonly attempt: number
  readonly status: number | null
  readonly errorCode: string | null
  readonly durationMs: number
  readonly createdAt: Date
}

/** Spans of requests and of the calls to providers made for them. They hold names and states, never an id or a body. */
export interface Tracing {
  /** Begins a request, as a part of the caller's trace when there is one. `traceparent` is well formed. */
  startRequest(traceparent: string | undefined): RequestSpan
  recordCall(call: TracedCall): void
  /** Sends what has not been sent yet; gives up after some seconds. Never rejects. */
  close(): Promise<void>
}

/** Tracing to a collector that speaks OTLP over HTTP. Its libraries are loaded only now: without it they cost nothing. */
export async function openTracing(endpoint: string): Promise<Tracing> {
  const { createOtlpTracing } = await import('#observability/otlp-tracing')
  return createOtlpTracing(endpoint)
}
