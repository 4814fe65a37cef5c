import type { Logger } from 'pino'
import type { ProviderId } from '#contract/vocabulary'
import type { CallContext } from '#providers/call-context'
import type { CallScope } from '#providers/call-scope'
import type { Clock } from '#providers/clock'
import { ProviderError } from '#providers/provider-error'
import type { RetryBudget } from '#providers/retry'
import { nextAttemptInMs } from '#providers/retry'

export interface AttemptDeps {
  readonly clock: Clock
  readonly random: () => number
  readonly logger: Logger
  readonly retryBudget: RetryBudget
  readonly onRetry: ((retry: { provider: ProviderId; operation: string; code: string }) => void) | undefined
}

type Run = Omit<CallScope, 'attempt'>

/** An error that no adapter may throw: a mistake of ours. Its text may hold anything, so only its place is logged. */
function mistake(err: unknown, { provider, operation, context }: Run, logger: Logger): ProviderError {
  const at = err instanceof Error ? err.stack?.split('\n').filter(line => /^\s+at /.test(line)) : []
  const type = err instanceof Error ? err.name : typeof err
  logger.error(
    { provider: provider.id, operation, request_id: context.requestId, type, at },
    'adapter failed',
  )
  return new ProviderError({
    provider: provider.id,
    operation,
    code: 'provider_error',
    outcome: 'unknown',
    message: `The gateway could not carry out ${operation} at ${provider.id}`,
    final: true,
  })
}

/**
 * What an error means for the whole operation. After a write that may have been carried out nothing is known any more,
 * whatever the call after it says; before one, nothing has happened, even if a mere reading got no answer.
 */
export function outcomeOfRun(
  err: ProviderError,
  { effect, trace }: Pick<Run, 'effect'> & { readonly trace: Pick<Run['trace'], 'possibleWrites'> },
): ProviderError {
  if (effect === 'repeatable') return err
  const { outcome } = err.facts
  if (trace.possibleWrites > 0)
    return outcome === 'unknown' ? err : new ProviderError({ ...err.facts, outcome: 'unknown' })
  return outcome === 'unknown' ? new ProviderError({ ...err.facts, outcome: 'not_sent' }) : err
}

/** Waits, but no longer than somebody waits for us. */
function pause(ms: number, { signal }: CallContext['deadline'], clock: Clock): Promise<void> {
  return new Promise(resolve => {
    const wake = () => {
      stop()
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const stop = clock.after(ms, wake)
    signal.addEventListener('abort', wake, { once: true })
  })
}

/**
 * Makes attempts until one succeeds or another would be wrong or useless. This is the only place that repeats: a
 * repeatable operation whatever became of it, any other only when nothing was sent. Throws ProviderError.
 */
export async function runAttempts<T>(
  deps: AttemptDeps,
  run: Run,
  attemptOnce: (scope: CallScope) => Promise<T>,
): Promise<T> {
  const { clock, random, retryBudget } = deps
  const { deadline, connection } = run.context
  for (let attempt = 1; ; attempt += 1) {
    try {
      const value = await attemptOnce({ ...run, attempt })
      retryBudget.refund(connection.fingerprint)
      return value
    } catch (cause) {
      const err = outcomeOfRun(cause instanceof ProviderError ? cause : mistake(cause, run, deps.logger), run)
      const wait = nextAttemptInMs(err, { effect: run.effect, attempt, leftMs: deadline.left(), random })
      if (wait === null || !retryBudget.take(connection.fingerprint)) throw err
      const { provider, operation, code } = err.facts
      deps.onRetry?.({ provider, operation, code })
      await pause(wait, deadline, clock)
      if (deadline.left() <= 0) throw err
    }
  }
}
