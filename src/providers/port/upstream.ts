import type { z } from 'zod'

/** A file of a multipart body, sent from disk. */
export interface FilePart {
  readonly path: string
  readonly filename: string
  readonly contentType: string
}

export type RequestBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | {
      readonly kind: 'multipart'
      readonly fields: Readonly<Record<string, string>>
      readonly files: Readonly<Record<string, FilePart>>
    }
  | { readonly kind: 'none' }

export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path template such as `/api/partner/order/{order_id}`; the template is what is logged. */
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: RequestBody
  /** Bodies of such a call (tokens, passwords) are never logged or kept. */
  readonly secret?: boolean
  /** Largest answer taken, in bytes; 2 MB when absent. */
  readonly maxBytes?: number
}

export interface AnswerHead {
  readonly status: number
  /** Header names in lower case; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
}

export interface UpstreamStream extends AnswerHead {
  readonly body: AsyncIterable<Uint8Array>
}

export interface AccessToken {
  readonly value: string
  /** Seconds that it is valid from now. Relative, so that a wrong clock does not matter. */
  readonly expiresInSeconds: number
}

/**
 * The way from an adapter to its provider. It owns base URL, circuit, rate limit, deadline, logging and the classifying
 * of failures; an adapter only says what to send and what it reads. Every method throws ProviderError and nothing else.
 */
export interface Upstream {
  /** Sends, and reads a 2xx JSON answer through `schema`. Fields that the schema does not name are ignored. */
  json<S extends z.ZodType>(request: UpstreamRequest, schema: S): Promise<z.output<S>>
  /** Sends, and hands over a 2xx answer as it comes in. */
  stream(request: UpstreamRequest): Promise<UpstreamStream>
  /**
   * The access token of this connection: kept while it is valid, fetched once however many callers wait.
   * `rejected` is a token that the provider refused just now; it is not given out again.
   */
  token(fetch: () => Promise<AccessToken>, rejected?: string): Promise<string>
}

/** What a provider says in an answer that is no success, read out of its own shape. */
export interface UpstreamRefusal {
  readonly message?: string
  readonly requestId?: string
  readonly fields?: readonly { pointer: string; code: string; message: string }[]
  readonly candidates?: readonly { address_id: string; label: string }[]
}

export type ReadRefusal = (answer: AnswerHead & { readonly body: unknown }) => UpstreamRefusal
