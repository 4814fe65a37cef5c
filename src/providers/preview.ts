import { setImmediate } from 'node:timers/promises'
import type { CallContext } from '#providers/call-context'
import { createRunTrace, learnSecrets } from '#providers/call-scope'
import type { Clock } from '#providers/clock'
import type { Upstream, UpstreamRequest } from '#providers/port/upstream'
import { maskForPreview } from '#providers/redact'
import { showBody } from '#providers/wire/body'
import { showPath } from '#providers/wire/path'

/** A request that would be sent, for people to read. */
export interface PreviewedRequest {
  readonly method: string
  /** Filled in; ids that are not known yet stay `{order_id}`. */
  readonly path: string
  /** Bank details masked, secrets removed; null without a body. */
  readonly body: unknown
}

/** Stands where a token would; too short to be taken for a secret that is searched for in the bodies. */
const NO_TOKEN = '-'

/** Thrown into an adapter where an answer would be needed to go on. */
class PreviewEnds extends Error {}

/** An Upstream without a network: it notes what it is asked to send, and stops the adapter there. */
export function createRecordingUpstream(
  { connection }: Pick<CallContext, 'connection'>,
  clock: Clock,
): { readonly upstream: Upstream; readonly requests: readonly PreviewedRequest[] } {
  const requests: PreviewedRequest[] = []
  const trace = createRunTrace(connection, clock)

  async function note(request: UpstreamRequest): Promise<never> {
    learnSecrets(trace, request.headers ?? {})
    const body = request.secret ? null : maskForPreview(showBody(request.body), [...trace.secrets])
    requests.push({ method: request.method, path: showPath(request), body })
    // Requests that an adapter sends side by side are all noted before the first one stops it.
    await setImmediate()
    throw new PreviewEnds('nothing is sent in a preview')
  }
  return {
    requests,
    upstream: { json: note, stream: note, token: () => Promise.resolve(NO_TOKEN) },
  }
}
