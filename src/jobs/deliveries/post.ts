import { Agent, type Dispatcher } from 'undici'
import type { DeliveryError } from '#contract/webhooks'
import { guardedLookup, PrivateAddress, type Resolve, Unresolved } from '#providers/wire/guarded-lookup'
import { LONGEST_WAIT_MS } from '#jobs/deliveries/schedule'
import type { Clock } from '#providers/clock'
import { createDeadline } from '#providers/deadline'
import { retryAfterMs } from '#providers/wire/rate-headers'
import { until } from '#providers/wire/send'
import { publicUrlMistake } from '#values/public-url'

const TIMEOUT_MS = 15_000
const CONNECT_MS = 10_000
/** undici's own timers are coarse; ours strikes first and these catch what is left. */
const GRACE_MS = 5_000
/** Bytes of an answer that are read, and thrown away. */
const LARGEST_ANSWER = 16 * 1024

export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What came of a request. */
export interface Posted {
  /** Null without an answer. */
  readonly status: number | null
  /** Null when it was taken. */
  readonly error: DeliveryError | null
  /** Milliseconds that the receiver asks to be left alone, 0 when it says nothing. */
  readonly waitMs: number
}

export interface Poster {
  /** Rejects only when `signal` is aborted: then nobody knows whether the receiver took it. */
  post(request: Post, signal: AbortSignal): Promise<Posted>
  /** Breaks off what is under way. */
  close(): Promise<void>
}

function errorOfStatus(status: number): DeliveryError | null {
  if (status >= 200 && status <= 299) return null
  if (status === 410) return 'gone'
  return status >= 300 && status <= 399 ? 'redirect' : 'status'
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/
const TIMEOUTS = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']

function errorOfCause(cause: unknown): DeliveryError {
  if (cause instanceof PrivateAddress) return 'private_address'
  if (cause instanceof Unresolved) return 'unresolved'
  if (cause instanceof DOMException) return 'timeout'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (TIMEOUTS.includes(code)) return 'timeout'
  return TLS.test(code) ? 'tls' : 'connection'
}

function waitOf({ headers }: Dispatcher.ResponseData, now: Date): number {
  const flat = Object.entries(headers).map(([name, value]) => [name, String(value ?? '')])
  return retryAfterMs({ status: 0, headers: Object.fromEntries(flat) }, now, LONGEST_WAIT_MS) ?? 0
}

export interface PosterDeps {
  readonly allowPrivate: boolean
  readonly resolve: Resolve
  readonly clock: Clock
}

/**
 * Sends to receivers, of whom nothing is believed. Each request gets a socket of its own, so that the address is checked
 * every time and no kept socket breaks at its end; nothing is followed, and no proxy of the environment is used.
 */
export function createPoster({ allowPrivate, resolve, clock }: PosterDeps): Poster {
  const agent = new Agent({
    allowH2: false,
    pipelining: 0,
    connect: { timeout: CONNECT_MS, lookup: guardedLookup(resolve, allowPrivate) },
    headersTimeout: TIMEOUT_MS + GRACE_MS,
    bodyTimeout: TIMEOUT_MS + GRACE_MS,
  })

  async function exchange({ url, headers, body }: Post, signal: AbortSignal): Promise<Posted> {
    const { origin, pathname, search } = new URL(url)
    const sent = agent.request({ origin, path: pathname + search, method: 'POST', headers, body, signal })
    const answer = await until(signal, sent)
    const { statusCode: status } = answer
    // The status has decided; whoever drips or cuts the body only loses our ear.
    await until(signal, answer.body.dump({ limit: LARGEST_ANSWER, signal })).catch(() => undefined)
    return { status, error: errorOfStatus(status), waitMs: waitOf(answer, clock.date()) }
  }

  return {
    async post(request, signal) {
      // The rules may have been stricter since it was written down.
      if (publicUrlMistake(request.url, { allowPrivate }) !== null)
        return { status: null, error: 'refused_url', waitMs: 0 }
      const deadline = createDeadline(TIMEOUT_MS, signal, clock)
      try {
        return await exchange(request, deadline.signal)
      } catch (cause) {
        signal.throwIfAborted()
        return { status: null, error: errorOfCause(cause), waitMs: 0 }
      } finally {
        deadline.dispose()
      }
    },
    close: () => agent.destroy(),
  }
}
