import type { Dispatcher, Pool } from 'undici'
import type { AnswerHead, UpstreamRequest } from '#providers/port/upstream'
import type { OpenedBody } from '#providers/wire/body'

export interface WireRequest {
  readonly method: UpstreamRequest['method']
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: OpenedBody['content']
}

export interface WireAnswer {
  readonly head: AnswerHead
  readonly body: AsyncIterable<Uint8Array>
}

/** Where an exchange was when it broke. */
export interface Progress {
  /** The request was handed to a socket: from then on the provider may have read it. */
  dispatched: boolean
  answered: boolean
}

/** Waits for `work` no longer than until `signal` fires, whether `work` takes notice of the signal or not. */
export function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Notes the moment at which the request goes to a socket. undici's errors alone do not tell "before" from "after". */
function noting(progress: Progress): Dispatcher.DispatcherComposeInterceptor {
  return dispatch => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        handler.onRequestStart?.(controller, context)
        // Given up while it was connecting: undici writes nothing any more.
        if (!controller.aborted) progress.dispatched = true
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    })
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return []
      return [[name, Array.isArray(value) ? value.join(', ') : value]]
    }),
  )
}

/**
 * Sends one request and waits for the head of its answer. The signal is raced here as well as given to undici, which
 * does not look at it while it connects. Rejects with whatever broke; `progress` tells how far it came.
 */
export async function send(
  pool: Pool,
  request: WireRequest,
  signal: AbortSignal,
  progress: Progress,
): Promise<WireAnswer> {
  const { statusCode, headers, body } = await until(
    signal,
    pool.compose(noting(progress)).request({ ...request, signal }),
  )
  progress.answered = true
  return { head: { status: statusCode, headers: plainHeaders(headers) }, body }
}

export class AnswerTooLarge extends Error {}

/** Reads a body of at most `max` bytes, throwing AnswerTooLarge as soon as there are more. */
export async function readBytes(body: AsyncIterable<Uint8Array>, max: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > max) throw new AnswerTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
