import { parseJson } from '#providers/answer'
import type { Books, BooksDeps, Held } from '#providers/wire/books'
import { isWrite, openBooks } from '#providers/wire/books'
import type { Deadline } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import { learnSecrets } from '#providers/call-scope'
import type { Circuits } from '#providers/circuit'
import { createDeadline } from '#providers/deadline'
import { passGate } from '#providers/wire/gate'
import type { Limiter } from '#providers/limiter'
import type { UpstreamRequest } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'
import type { OpenedBody } from '#providers/wire/body'
import { openBody } from '#providers/wire/body'
import { errorOf, notPublic, outOfTime } from '#providers/wire/failure'
import { fillPath } from '#providers/wire/path'
import type { Pools } from '#providers/wire/pools'
import type { WireAnswer } from '#providers/wire/send'
import { readBytes, send, until } from '#providers/wire/send'

/** Enough of an error page to find the provider's words in. */
const LARGEST_REFUSAL = 64 * 1024

export interface ExchangeDeps extends BooksDeps {
  readonly pools: Pools
  readonly limiter: Limiter
  readonly circuits: Circuits
  readonly version: string
}

/** An exchange whose 2xx head has come. It ends with the first `succeed` or `fail`; later ones do nothing. */
export interface OpenExchange extends WireAnswer {
  readonly signal: AbortSignal
  succeed(responseBody: unknown): void
  /** Returns the error to throw. */
  fail(cause: unknown, responseBody?: unknown): ProviderError
}

function headersOf({ context }: CallScope, request: UpstreamRequest, body: OpenedBody, version: string) {
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  return {
    accept: 'application/json',
    'user-agent': `billbridge/${version}`,
    'x-request-id': context.requestId,
    ...(context.traceparent !== undefined && { traceparent: context.traceparent }),
    ...Object.fromEntries(given),
    ...body.headers,
  }
}

/** A received file does not outlive the request that it came with. */
function isGone(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

function fileGone({ provider, operation }: CallScope): ProviderError {
  const message = 'The file that was to be sent is not there any more: send it again with a new request.'
  const facts = { code: 'provider_error', outcome: 'not_sent', message, final: true } as const
  return new ProviderError({ provider: provider.id, operation, ...facts })
}

/** A turn that comes later than after this part of the time is no use: an unsafe call would only end unknown. */
const USEFUL_WAIT = 0.75

/** Opens what is sent and waits for a place. When it throws, nothing is held any more. */
async function hold(
  deps: ExchangeDeps,
  scope: CallScope,
  request: UpstreamRequest,
  { parent, longestMs }: { parent: Deadline; longestMs: number },
): Promise<Held> {
  const body = await openBody(request.body).catch((cause: unknown) => {
    throw isGone(cause) ? fileGone(scope) : cause
  })
  const turn = createDeadline(parent.left() * USEFUL_WAIT, parent.signal, deps.clock)
  try {
    const gate = await passGate(deps, scope, turn)
    const grantedMs = Math.min(longestMs, parent.left())
    const deadline = createDeadline(grantedMs, parent.signal, deps.clock)
    return { body, gate, deadline, grantedMs, progress: { dispatched: false, answered: false } }
  } catch (err) {
    await body.close()
    throw err
  } finally {
    turn.dispose()
  }
}

/** The JSON of an answer that is no success. The status has decided: a page or a cut body only means no words. */
async function readRefusal(answer: WireAnswer, signal: AbortSignal): Promise<unknown> {
  try {
    return parseJson(await until(signal, readBytes(answer.body, LARGEST_REFUSAL)), '') ?? null
  } catch {
    return null
  }
}

/**
 * Sends one request and returns when the head of a 2xx answer is there. Throws ProviderError for every other end.
 * `longestMs` bounds the whole exchange, as does `parent`.
 */
export async function openExchange(
  deps: ExchangeDeps,
  scope: CallScope,
  request: UpstreamRequest,
  bounds: { readonly parent: Deadline; readonly longestMs: number },
): Promise<OpenExchange> {
  const { provider, operation, trace, context } = scope
  const { connection } = context
  const call = { provider: provider.id, operation }
  const base = new URL(connection.baseUrl)
  // The address of any other connection is the operator's own choice.
  const guarded = connection.source === 'account'
  if (guarded && !deps.pools.mayReach(base.origin)) throw errorOf(notPublic(provider.id), call)
  const path = base.pathname.replace(/\/+$/, '') + fillPath(request, call)
  if (bounds.parent.left() <= 0) throw errorOf(outOfTime(provider.id), call)
  learnSecrets(trace, request.headers ?? {})

  const held = await hold(deps, scope, request, bounds)
  const { deadline, body, progress } = held
  const books: Books = openBooks(deps, scope, request, held)
  const pool = deps.pools.pool(base.origin, isWrite(scope, request) ? 'unsafe' : 'repeatable', guarded)
  const headers = headersOf(scope, request, body, deps.version)
  const wire = { method: request.method, path, headers, body: body.content }

  const answer = await send(pool, wire, deadline.signal, progress).catch((cause: unknown) => {
    throw books.breakOff(cause, null)
  })
  const { head } = answer
  if (head.status < 200 || head.status > 299) {
    throw books.refuse(head, await readRefusal(answer, deadline.signal))
  }
  return {
    ...answer,
    signal: deadline.signal,
    succeed: responseBody => books.succeed(head, responseBody),
    fail: (cause, responseBody) => books.breakOff(cause, head, responseBody),
  }
}
