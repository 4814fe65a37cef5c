import { AsyncLocalStorage } from 'node:async_hooks'
import { parseJson, readAnswer } from '#providers/answer'
import type { Deadline } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import { createDeadline } from '#providers/deadline'
import type { ExchangeDeps, OpenExchange } from '#providers/wire/exchange'
import { openExchange } from '#providers/wire/exchange'
import type { AccessToken, Upstream, UpstreamRequest } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import type { Tokens } from '#providers/tokens'
import { FAILURE_PAUSE_MS } from '#providers/tokens'
import { errorOf, outOfTime } from '#providers/wire/failure'
import { AnswerTooLarge, readBytes, until } from '#providers/wire/send'

const LARGEST_ANSWER = 2 * 1024 * 1024

export interface UpstreamDeps extends ExchangeDeps {
  readonly tokens: Tokens
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

/**
 * Makes the Upstreams of a process. Within the fetching of a token, which many callers share, a request has a deadline
 * of its own and may be repeated; how an adapter's closure came to be called there, only the async context knows.
 */
export function createUpstreams(deps: UpstreamDeps): (scope: CallScope) => Upstream {
  const { clock, providerMs } = deps
  const tokenFetch = new AsyncLocalStorage<Deadline>()

  function open(scope: CallScope, request: UpstreamRequest, longestMs: number): Promise<OpenExchange> {
    const shared = tokenFetch.getStore()
    const parent = shared ?? scope.context.deadline
    return openExchange(deps, shared ? { ...scope, effect: 'repeatable' } : scope, request, {
      parent,
      longestMs,
    })
  }

  async function fetchToken(scope: CallScope, fetch: () => Promise<AccessToken>, rejected?: string) {
    const { provider, operation } = scope
    const failed = {
      provider: provider.id,
      operation,
      code: 'provider_auth_failed',
      outcome: 'refused',
    } as const
    const deadline = createDeadline(providerMs, undefined, clock)
    try {
      const token = await tokenFetch.run(deadline, fetch)
      if (token.value !== rejected) return token
      throw new ProviderError({ ...failed, message: `${provider.id} hands out a token that it refuses` })
    } catch (err) {
      // Whatever a token endpoint refuses, it refuses our credentials.
      if (!(err instanceof ProviderError) || err.facts.outcome !== 'refused') throw err
      throw new ProviderError({ ...err.facts, ...failed })
    } finally {
      deadline.dispose()
    }
  }

  /** The error of a fetch that others may have begun, as this caller's own. */
  function tokenFailure(scope: CallScope, err: unknown): unknown {
    const { provider, operation, context } = scope
    if (err === context.deadline.signal.reason)
      return errorOf(outOfTime(provider.id), { provider: provider.id, operation })
    if (!(err instanceof ProviderError)) return err
    const { outcome, retryAfterMs = 0 } = err.facts
    if (outcome === 'refused') return new ProviderError({ ...err.facts, operation })
    return new ProviderError({
      ...err.facts,
      operation,
      retryAfterMs: Math.max(retryAfterMs, FAILURE_PAUSE_MS),
    })
  }

  return scope => ({
    json: async (request, schema) => {
      const exchange = await open(scope, request, providerMs)
      let body: unknown
      try {
        const bytes = await until(
          exchange.signal,
          readBytes(exchange.body, request.maxBytes ?? LARGEST_ANSWER),
        )
        body = parseJson(bytes, scope.provider.id)
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
      const max = request.maxBytes ?? LARGEST_ANSWER
      // Somebody who never reads the body does not hold a place for ever.
      exchange.signal.addEventListener('abort', () => exchange.fail(exchange.signal.reason), { once: true })
      return { ...exchange.head, body: readOn(exchange, max) }
    },
    token: async (fetch, rejected) => {
      const { fingerprint } = scope.context.connection
      const fetched = deps.tokens.get(fingerprint, () => fetchToken(scope, fetch, rejected), rejected)
      try {
        const token = await until(scope.context.deadline.signal, fetched)
        scope.trace.secrets.add(token)
        return token
      } catch (err) {
        throw tokenFailure(scope, err)
      }
    },
  })
}
