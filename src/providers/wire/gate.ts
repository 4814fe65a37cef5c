import type { Deadline } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import type { Circuits, Verdict } from '#providers/circuit'
import type { Limiter, RateFacts } from '#providers/limiter'
import { ProviderError } from '#providers/provider-error'
import { errorOf, outOfTime } from '#providers/wire/failure'

/** The way past circuit and limiter, open while a call is under way. */
export interface Gate {
  observe(facts: RateFacts): void
  leave(verdict: Verdict): void
}

type GateScope = Pick<CallScope, 'operation'> & {
  readonly context: Pick<CallScope['context'], 'connection' | 'accountId'>
  readonly provider: Pick<CallScope['provider'], 'id' | 'limits'>
}

/**
 * Waits until a call may go out. Throws ProviderError `provider_unavailable` when the circuit is open and
 * `rate_limited` when the call's turn would come too late; neither is worth a second try in the same run.
 */
export async function passGate(
  { circuits, limiter }: { readonly circuits: Circuits; readonly limiter: Limiter },
  { context, operation, provider }: GateScope,
  deadline: Deadline,
): Promise<Gate> {
  const { connection, accountId } = context
  const admission = await circuits.admit(connection)
  if (!admission.admitted) {
    throw new ProviderError({
      provider: provider.id,
      operation,
      code: 'provider_unavailable',
      outcome: 'not_sent',
      message: `${provider.id} does not work at the moment and is not asked`,
      retryAfterMs: admission.retryAfterMs,
      final: true,
    })
  }
  if (deadline.signal.aborted) {
    admission.settle('neutral')
    throw errorOf(outOfTime(provider.id), { provider: provider.id, operation })
  }
  const key = connection.fingerprint
  const budget = { key, provider: provider.id, operation, limits: provider.limits[connection.mode] }
  try {
    const release = await limiter.acquire(budget, accountId, deadline)
    return {
      observe: facts => limiter.observe(key, facts),
      leave: verdict => {
        release()
        admission.settle(verdict)
      },
    }
  } catch (err) {
    admission.settle('neutral')
    throw err
  }
}
