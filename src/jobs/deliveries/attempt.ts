import type { Logger } from 'pino'
import { appendAudit } from '#audit/append-audit'
import type { Event } from '#contract/events'
import type { DeliveryAttempt, DeliveryError } from '#contract/webhooks'
import type { Database } from '#db/client'
import type { Vault } from '#db/vault'
import type { Posted, Poster } from '#jobs/deliveries/post'
import { MOST_ATTEMPTS, nextAttemptInMs, pauseInMs } from '#jobs/deliveries/schedule'
import { signatureHeaders } from '#jobs/deliveries/signature'
import type { Metrics } from '#observability/metrics'
import { version } from '#observability/version'
import type { Clock } from '#providers/clock'
import { findEvent } from '#resources/events/store'
import {
  type Claimed,
  type SettledDelivery,
  settleDelivery,
} from '#resources/webhooks/deliveries/queue-store'
import { endDeliveries } from '#resources/webhooks/deliveries/store'
import { openSecret } from '#resources/webhooks/secrets'
import { disableGoneWebhook, findTarget, pauseWebhook, type Target } from '#resources/webhooks/target-store'
import { idFromUuid } from '#values/ids'

export interface AttemptDeps {
  readonly database: Pick<Database, 'sql' | 'transaction'>
  readonly vault: Vault
  readonly poster: Poster
  readonly clock: Clock
  readonly random: () => number
  readonly metrics: Pick<Metrics, 'webhookDeliveries' | 'webhookPickup'>
  readonly logger: Logger
}

const scopeOf = ({ account_id, mode }: Claimed) => ({ accountId: account_id, mode })

/** Signs and sends it. A secret that cannot be opened is a mistake of ours, and costs this delivery only. */
async function sendOnce(
  deps: AttemptDeps,
  { claimed, event, target }: { claimed: Claimed; event: Event; target: Target },
  signal: AbortSignal,
): Promise<Posted> {
  try {
    const sealed = [target.secret, ...(target.previous_secret ? [target.previous_secret] : [])]
    const secrets = sealed.map(secret => openSecret(deps.vault, claimed.webhook_id, secret))
    const body = JSON.stringify({ type: event.type, timestamp: event.created_at, data: event })
    const headers = {
      'content-type': 'application/json',
      'user-agent': `billbridge/${version}`,
      ...signatureHeaders({ id: event.id, at: deps.clock.date(), body }, secrets),
    }
    return await deps.poster.post({ url: target.url, headers, body }, signal)
  } catch (err) {
    signal.throwIfAborted()
    deps.logger.error({ err, webhook: idFromUuid('webhook', claimed.webhook_id) }, 'delivery failed here')
    return { status: null, error: 'internal', waitMs: 0 }
  }
}

/** Where a delivery stands after an attempt. */
function judge(
  { error, waitMs }: Pick<Posted, 'error' | 'waitMs'>,
  attempts: number,
  { now, random }: { now: Date; random: number },
): Omit<SettledDelivery, 'attempt'> {
  if (error === null) return { state: 'delivered', nextAttemptAt: null, deliveredAt: now }
  const inMs = error === 'gone' ? null : nextAttemptInMs(attempts, waitMs, random)
  const nextAttemptAt = inMs === null ? null : new Date(now.getTime() + inMs)
  return { state: nextAttemptAt ? 'failed' : 'dead', nextAttemptAt, deliveredAt: null }
}

/** The receiver says that it is gone for good: nothing is sent there until somebody enables the webhook again. */
function settleGone(
  { database, logger }: AttemptDeps,
  claimed: Claimed,
  settled: SettledDelivery,
  now: Date,
) {
  const resource = { prefix: 'webhook' as const, uuid: claimed.webhook_id }
  const scope = scopeOf(claimed)
  return database.transaction(async tx => {
    if (await disableGoneWebhook(tx, scope, claimed.webhook_id, now)) {
      const audit = { action: 'webhooks.disable', resource, data: { reason: 'gone' }, at: now }
      appendAudit(tx, { caller: { ...scope, keyId: null }, requestId: null }, audit)
      endDeliveries(tx, scope, claimed.webhook_id)
      logger.warn(
        { webhook: idFromUuid('webhook', claimed.webhook_id) },
        'webhook disabled: its receiver is gone',
      )
    }
    return settleDelivery(tx, claimed, settled)
  })
}

async function settle(deps: AttemptDeps, claimed: Claimed, settled: SettledDelivery): Promise<void> {
  const isGone = settled.attempt?.error === 'gone'
  const written = isGone
    ? await settleGone(deps, claimed, settled, deps.clock.date())
    : await settleDelivery(deps.database.sql, claimed, settled)
  if (written) deps.metrics.webhookDeliveries.inc({ outcome: settled.state })
}

function attemptOf(
  at: Date,
  durationMs: number,
  { status, error }: { status: number | null; error: DeliveryError | null },
): DeliveryAttempt {
  return { attempted_at: at.toISOString(), status, duration_ms: Math.round(durationMs), error }
}

const ENDED = { state: 'dead', nextAttemptAt: null, deliveredAt: null } as const

/**
 * Makes the attempt that a delivery was claimed for and writes down what came of it. Rejects when the database is away
 * or `signal` is aborted: then the claim is given back, or runs out.
 */
export async function attemptDelivery(
  deps: AttemptDeps,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<void> {
  const { database, clock, metrics } = deps
  const began = clock.date()
  // Attempts are counted when they begin, so that one that takes the process down with it is not tried for ever.
  if (claimed.attempts > MOST_ATTEMPTS) {
    const attempt = attemptOf(began, 0, { status: null, error: 'interrupted' })
    return settle(deps, claimed, { ...ENDED, attempt })
  }
  const [event, target] = await Promise.all([
    findEvent(database.sql, scopeOf(claimed), claimed.event_id),
    findTarget(database.sql, scopeOf(claimed), claimed.webhook_id, began),
  ])
  if (!event || !target) return settle(deps, claimed, { ...ENDED, attempt: null })
  if (claimed.is_first)
    metrics.webhookPickup.observe(Math.max(0, began.getTime() - claimed.created_at.getTime()) / 1_000)
  const startedAt = clock.now()
  const posted = await sendOnce(deps, { claimed, event, target }, signal)
  const attempt = attemptOf(began, clock.now() - startedAt, posted)
  const now = clock.date()
  const judged = judge(posted, claimed.attempts, { now, random: deps.random() })
  const pauseMs = pauseInMs(posted.status, posted.waitMs)
  if (pauseMs > 0) {
    const pause = { url: target.url, until: new Date(now.getTime() + pauseMs) }
    await pauseWebhook(database.sql, scopeOf(claimed), claimed.webhook_id, pause)
  }
  return settle(deps, claimed, { ...judged, attempt })
}
