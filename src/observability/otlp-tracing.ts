import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { TracedCall, Tracing } from '#observability/tracing'
import { version } from '#observability/version'

/** Longest wait for the collector when the process ends. */
const FLUSH_MS = 3_000

function contextOf(traceparent: string | undefined) {
  const [, traceId, spanId, flags] = traceparent?.split('-') ?? []
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}

/** By the conventions for HTTP clients; the path is the template. */
function attributesOf({ context, operation, method, path, status, attempt, errorCode }: TracedCall) {
  return {
    'http.request.method': method,
    'url.template': path,
    'billbridge.provider': context.connection.provider,
    'billbridge.operation': operation,
    ...(status !== null && { 'http.response.status_code': status }),
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
    ...(errorCode !== null && { 'error.type': errorCode }),
  }
}

/** Sends spans to `endpoint` + `/v1/traces` in the background; a collector that is away costs the requests nothing. */
export function createOtlpTracing(endpoint: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'billbridge', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('billbridge', version)

  return {
    startRequest: traceparent => {
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, contextOf(traceparent))
      return {
        traceparent: traceparentOf(span),
        end: ({ method, route, status }) => {
          span.updateName(`${method} ${route}`)
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
          })
          if (status >= 500)
            span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', `${status}`)
          span.end()
        },
      }
    },
    recordCall: call => {
      const startTime = call.createdAt
      const options = { kind: SpanKind.CLIENT, attributes: attributesOf(call), startTime }
      const span = tracer.startSpan(call.operation, options, contextOf(call.context.traceparent))
      if (call.errorCode !== null) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(new Date(startTime.getTime() + call.durationMs))
    },
    close: async () => {
      const { promise: tooLong, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, FLUSH_MS)
      await Promise.race([provider.shutdown().catch(() => undefined), tooLong])
      clearTimeout(timer)
    },
  }
}
