import type { ProviderId } from '#contract/vocabulary'
import { accessTo } from '#test/conformance-access'
import type { Case } from '#test/conformance-cases'
import type { Behaviour, FaultyUpstream, Received } from '#test/upstream'
import { answersJson, startUpstream } from '#test/upstream'

export interface StartedProvider extends FaultyUpstream {
  /** Requests for a token. */
  readonly tokens: readonly Received[]
  /** All other requests. */
  readonly asked: readonly Received[]
}

/**
 * A provider on a real socket that meets every request with `behaviour`, but for those for a token: it hands out one
 * after the other as documented, unless `atTokens` says otherwise.
 */
export async function startProvider(
  provider: ProviderId,
  behaviour: Behaviour,
  atTokens?: Behaviour,
): Promise<StartedProvider> {
  const { tokenPath, tokenAnswer } = accessTo[provider]
  const upstream = await startUpstream()
  const tokens: Received[] = []
  const asked: Received[] = []
  upstream.otherwise((socket, request) => {
    const isForToken = request.path === tokenPath
    const number = (isForToken ? tokens : asked).push(request)
    if (!isForToken) return behaviour(socket, request)
    return (atTokens ?? answersJson(tokenAnswer(number)))(socket, request)
  })
  return Object.assign(upstream, { tokens, asked })
}

/** The documented answers of a case, one after the other. */
export function answersDocumented({ answers }: Case): Behaviour {
  let given = 0
  return (socket, request) => {
    const answer = answers[given]
    given += 1
    return answersJson(answer ?? { message: 'asked too often' }, answer === undefined ? 500 : 200)(
      socket,
      request,
    )
  }
}

/** One behaviour for the first request, another for those after it. */
export function first(behaviour: Behaviour, then: Behaviour): Behaviour {
  let behaved = false
  return (socket, request) => {
    const now = behaved ? then : behaviour
    behaved = true
    return now(socket, request)
  }
}
