import type { IncomingHttpHeaders } from 'node:http'
import type { Trigger } from '#simulators/core/magic'

export type Clock = () => Date

/** A request as it came in; nothing of it is checked yet. */
export interface Call {
  readonly params: Readonly<Record<string, string>>
  readonly query: unknown
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  /** The body as JSON text that was made before; stands in place of `body`. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that was found to be in order. Nothing has changed before `apply`, which never refuses. */
export interface Accepted {
  /** The values of this request that may be magic. */
  readonly triggers: readonly Trigger[]
  readonly apply: () => Answer
}

export interface Endpoint {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` for parameters. */
  readonly path: string
  /**
   * What carrying it out leaves behind: nothing; something counted that nobody can read again (a quote, a token);
   * or something kept.
   */
  readonly effect: 'none' | 'counted' | 'kept'
  /** Checks its query itself; at any other endpoint a query is refused. */
  readonly takesQuery?: true
  /** Form-encoded instead of JSON. */
  readonly form?: true
  /** Takes no body at all. */
  readonly bodyless?: true
  /** Multipart instead of JSON: fields are texts, files are `ReceivedPart`s. */
  readonly multipart?: true
  /** Needs no credentials of its own in the header. */
  readonly open?: true
  /** What the fault `renamed-field` renames in the answer: from, to. */
  readonly renamed: readonly [from: string, to: string]
  /** Reads the request as strictly as the provider's document. Throws Refusal. */
  readonly accept: (call: Call) => Accepted
}

/** Says no in the provider's own shape. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`)
    this.name = 'Refusal'
    this.answer = answer
  }
}

/** How a provider words what can go wrong on any of its endpoints. */
export interface Dialect {
  readonly refused: () => Answer
  readonly unauthorized: () => Answer
  readonly forbidden: () => Answer
  readonly rateLimited: (waitMs: number) => Answer
  readonly error: () => Answer
  readonly unavailable: () => Answer
  readonly notFound: () => Answer
  /** A query key at an endpoint that takes none. */
  readonly strayQuery: (key: string) => Answer
  /** The body could not be read at all: not JSON, wrong content type, too large. */
  readonly unreadable: () => Answer
}

/** What is decided of every request before its endpoint sees it: credentials and rate limit. */
export type Gate = (
  call: Call,
  endpoint: Endpoint | null,
) => { readonly headers: Readonly<Record<string, string>>; readonly refusal: Answer | null }
