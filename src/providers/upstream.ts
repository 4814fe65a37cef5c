import { parseJson, readAnswer } from '#providers/answer'
import type { CallScope } from '#providers/call-scope'
import type { SeenAnswer } from '#providers/drift/sampling'
import type { Upstream, UpstreamRequest } from '#providers/port/upstream'
import { createTokenSource } from '#providers/token-source'
import type { Tokens } from '#providers/tokens'
import type { ExchangeDeps, OpenExchange } from '#providers/wire/exchange'
import { openExchange } from '#providers/wire/exchange'
import { AnswerTooLarge, readBytes, until } from '#providers/wire/send'

const LARGEST_ANSWER = 2 * 1024 * 1024

export interface UpstreamDeps extends ExchangeDeps {
  readonly tokens: Tokens
  /** Told of every 2xx JSON answer, whether it can be used or not, but for those that hold secrets. Must not throw. */
  readonly onAnswer: ((answer: SeenAnswer) => void) | undefined
}

/** Ends the exchange when its body has been read, when it breaks, and when the reader stops half-way. */
async function* readOn(exchange: OpenExchange, max: number): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of exchange.body) {
      size += chunk.length
      if (size > max) throw new AnswerTooLarge()
      yield chunk
    }
  } catch (cause) {
    throw exchange.fail(cause)
  } finally {
    exchange.succeed(null)
  }
}

function seen(
  { context, operation }: CallScope,
  { method, path }: UpstreamRequest,
  body: unknown,
  bytes: number,
): SeenAnswer {
  const { provider, mode, id } = context.connection
  return { provider, mode, connectionId: id, operation, endpoint: `${method} ${path}`, body, bytes }
}

/** Makes the Upstreams of a process, one per attempt of a run. */
export function createUpstreams(deps: UpstreamDeps): (scope: CallScope) => Upstream {
  const { clock, providerMs } = deps
  const tokenSource = createTokenSource(deps)

  /** What is sent to fetch a token changes nothing, so it may be repeated even for an unsafe operation. */
  function open(scope: CallScope, request: UpstreamRequest, longestMs: number): Promise<OpenExchange> {
    const fetching = tokenSource.fetchDeadline()
    if (!fetching) return openExchange(deps, scope, request, { parent: scope.context.deadline, longestMs })
    return openExchange(deps, { ...scope, effect: 'repeatable' }, request, { parent: fetching, longestMs })
  }

  return scope => ({
    json: async (request, schema) => {
      const exchange = await open(scope, request, providerMs)
      let body: unknown
      try {
        const reading = readBytes(exchange.body, request.maxBytes ?? LARGEST_ANSWER)
        const bytes = await until(exchange.signal, reading)
        body = parseJson(bytes, scope.provider.id)
        if (!request.secret && body !== undefined) deps.onAnswer?.(seen(scope, request, body, bytes.length))
        const value = readAnswer(schema, body, scope.provider.id)
        if (!request.secret && body !== undefined) scope.trace.latest = { fetchedAt: clock.date(), body }
        exchange.succeed(body)
        return value
      } catch (cause) {
        throw exchange.fail(cause, body)
      }
    },
    stream: async request => {
      const exchange = await open(scope, request, Number.POSITIVE_INFINITY)
      // Somebody who never reads the body does not hold a place for ever.
      exchange.signal.addEventListener('abort', () => exchange.fail(exchange.signal.reason), { once: true })
      return { ...exchange.head, body: readOn(exchange, request.maxBytes ?? LARGEST_ANSWER) }
    },
    token: tokenSource.token(scope),
  })
}
