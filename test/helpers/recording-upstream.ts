import type { z } from 'zod'
import type { AccessToken, Upstream, UpstreamRequest } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'

export interface RecordingUpstream extends Upstream {
  readonly requests: readonly UpstreamRequest[]
}

/**
 * An `Upstream` without a network: it notes each request and answers with the given bodies in turn, read through the
 * operation's own schema. An error among the answers is thrown. What comes after the last answer is a failed test.
 */
export function recordingUpstream(...answers: readonly unknown[]): RecordingUpstream {
  const requests: UpstreamRequest[] = []
  let kept: string | null = null
  return {
    requests,
    json: async <S extends z.ZodType>(request: UpstreamRequest, schema: S) => {
      const answer = answers[requests.push(request) - 1]
      if (answer instanceof Error) throw answer
      const read = schema.safeParse(structuredClone(answer))
      if (!read.success) throw offContract(read.error)
      return read.data
    },
    stream: () => Promise.reject(new Error('no stream here')),
    token: async (fetch: () => Promise<AccessToken>, rejected?: string) => {
      if (kept === null || kept === rejected) kept = (await fetch()).value
      return kept
    },
  }
}

function offContract(cause: unknown): ProviderError {
  return refusal({ code: 'provider_error', outcome: 'unknown', cause })
}

/** A failure as the runtime reports it, with the facts that a test cares about. */
export function refusal(facts: Partial<ProviderError['facts']>): ProviderError {
  return new ProviderError({
    provider: 'homebox',
    operation: 'quotes.create',
    code: 'provider_rejected',
    outcome: 'refused',
    message: 'recorded',
    ...facts,
  })
}
