import { randomUUID } from 'node:crypto'
import type { ProviderId } from '#contract/vocabulary'
import type { BudgetQueue, BudgetQueueDeps } from '#providers/budget-queue'
import { createBudgetQueue, SEAT_KEEPS_MS } from '#providers/budget-queue'
import type { Deadline } from '#providers/call-context'
import type { CallWindow } from '#providers/call-window'
import type { Clock } from '#providers/clock'
import { createKeyedState } from '#providers/keyed-state'
import type { Ledger } from '#providers/ledger'
import { createMemoryLedger } from '#providers/ledger'
import type { Limits } from '#providers/port/index'
import { ProviderError } from '#providers/provider-error'
import { takePart } from '#providers/take-part'

/** What one set of credentials may still do at a provider, and for which call it is asked. */
export interface Budget {
  /** Fingerprint of the connection: everybody who uses these credentials shares the budget. */
  readonly key: string
  readonly provider: ProviderId
  readonly operation: string
  readonly limits: Limits
}

/** Gives the place back. The call counts in the window from the moment that it was let through until then. */
export type Release = () => void

/** What an answer says about the provider's limit. Absent: it says nothing, or nothing sane. */
export interface RateFacts {
  readonly limit?: number
  readonly remaining?: number
  /** Milliseconds that the provider wants to be left alone. */
  readonly pauseMs?: number
  /** Milliseconds from the beginning of the call to its end; 0 when left out. */
  readonly tookMs?: number
}

export interface LimitState {
  /** Requests per window now, after what the provider's headers said; null where no limit is known. */
  readonly window: { readonly requests: number; readonly ms: number } | null
  readonly used: number
  readonly underWay: number
  readonly waiting: number
  readonly pausedMs: number
}

/** The state of a budget of which nothing was used. */
export function unused(window: LimitState['window']): LimitState {
  return { window, used: 0, underWay: 0, waiting: 0, pausedMs: 0 }
}

/** Keeps every provider's rate limit. */
export interface Limiter {
  /**
   * Resolves when the call may be sent. Throws ProviderError `rate_limited`, outcome `not_sent`, when that would be
   * after the deadline, with the shortest time to wait; `provider_unavailable`, `not_sent`, when nobody can tell.
   */
  acquire(budget: Budget, accountId: string, deadline: Deadline): Promise<Release>
  observe(key: string, facts: RateFacts): void
  /** Null for credentials that were not used lately. */
  state(key: string): LimitState | null
  /** Calls left in the window of a provider's credentials that have least left; null where no window is known. */
  remaining(provider: ProviderId): number | null
}

const IDLE_MS = 600_000
const LONGEST_CALL_MS = 120_000
/** What a caller is told when a full queue, not the window, is in the way. */
const QUEUE_RETRY_MS = 1_000

function full({ provider, operation }: Budget, waitMs: number): ProviderError {
  return new ProviderError({
    provider,
    operation,
    code: 'rate_limited',
    outcome: 'not_sent',
    message: `The calls that ${provider} allows are used up for now`,
    retryAfterMs: Math.ceil(waitMs) || QUEUE_RETRY_MS,
    final: true,
  })
}

function outOfReach({ provider, operation }: Budget, cause: unknown): ProviderError {
  return new ProviderError({
    provider,
    operation,
    code: 'provider_unavailable',
    outcome: 'not_sent',
    message: `Nobody can tell at the moment whether ${provider} allows a further call`,
    retryAfterMs: QUEUE_RETRY_MS,
    final: true,
    cause,
  })
}

const NO_WINDOW = { requests: Number.POSITIVE_INFINITY, ms: 0 }

export interface LimiterDeps {
  readonly clock: Clock
  /** Keeps the windows of providers that state one; for this process alone when left out. */
  readonly windows?: Ledger<CallWindow>
  /** Milliseconds after which no call is under way any more. */
  readonly longestCallMs?: number
}

/**
 * Accounts take turns, and nobody passes the provider's window. Only where a provider states one are other processes
 * asked: each keeps its own bound on calls under way at once, which is ours and not the provider's. When the ledger
 * cannot be reached nothing is sent: a share of the window for each process would be guessing how many there are.
 */
export function createLimiter(deps: LimiterDeps): Limiter {
  const { clock, longestCallMs = LONGEST_CALL_MS } = deps
  const alone = createMemoryLedger<CallWindow>(deps)
  const windows = deps.windows ?? alone
  const process = randomUUID()
  const queues = createKeyedState<{ provider: ProviderId; queue: BudgetQueue }>({
    clock,
    idleMs: IDLE_MS,
    atRest: ({ queue }) => queue.atRest(),
  })

  function open({ key, provider, limits }: Budget) {
    const rules = { window: limits.window ?? NO_WINDOW, longestCallMs: SEAT_KEEPS_MS + longestCallMs }
    const ledger = limits.window ? windows : alone
    const ask: BudgetQueueDeps['ask'] = request =>
      ledger.change(key, (window, now) => takePart(window, { ...request, process }, rules, now))
    return { provider, queue: createBudgetQueue({ limits, clock, ask }) }
  }

  return {
    acquire: (budget, accountId, deadline) => {
      const { queue } = queues.get(budget.key, () => open(budget))
      const wait = queue.waitMs(accountId)
      if (deadline.signal.aborted || wait > deadline.left() || queue.isFull(accountId)) {
        return Promise.reject(full(budget, wait))
      }
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          leave()
          if (queue.isOutOfReach()) reject(outOfReach(budget, deadline.signal.reason))
          else reject(full(budget, queue.waitMs(accountId)))
        }
        deadline.signal.addEventListener('abort', giveUp, { once: true })
        const done = () => deadline.signal.removeEventListener('abort', giveUp)
        const leave = queue.join(accountId, {
          go: release => {
            done()
            resolve(release)
          },
          refuse: cause => {
            done()
            reject(outOfReach(budget, cause))
          },
          hear: waitMs => {
            if (waitMs <= deadline.left()) return
            done()
            giveUp()
          },
        })
      })
    },
    observe: (key, facts) => queues.peek(key)?.queue.observe(facts),
    state: key => queues.peek(key)?.queue.state() ?? null,
    remaining: provider => {
      const left = [...queues.values()].flatMap(known => {
        const { window, used } = known.queue.state()
        return window && known.provider === provider ? [Math.max(0, window.requests - used)] : []
      })
      return left.length > 0 ? Math.min(...left) : null
    },
  }
}
