import { startListener } from '#db/listener'
import { DELIVERIES_CHANNEL } from '#events/append-event'
import { type AttemptDeps, attemptDelivery } from '#jobs/deliveries/attempt'
import type { Resolve } from '#jobs/deliveries/guarded-lookup'
import { createLoad } from '#jobs/deliveries/load'
import { createPoster } from '#jobs/deliveries/post'
import { oneAtATime } from '#jobs/deliveries/one-at-a-time'
import { startRounds } from '#jobs/rounds'
import type { Metrics } from '#observability/metrics'
import { type Claimed, claimDeliveries, releaseDelivery } from '#resources/webhooks/deliveries/queue-store'
import { idFromUuid } from '#values/ids'

const AT_ONCE = { inAll: 64, perWebhook: 4 }
/** Milliseconds from one look for what is due to the next: for retries, and for notifications that were not heard. */
const EVERY_MS = 1_000
/** Longer than an attempt and its writing down may take. */
const LEASE_MS = 45_000
/** Milliseconds that attempts under way get to end when it is stopped. */
const GRACE_MS = 5_000

export interface DeliveryDeps extends Omit<AttemptDeps, 'poster' | 'metrics'> {
  readonly metrics: AttemptDeps['metrics'] & Pick<Metrics, 'jobAge'>
  readonly connectionString: string
  readonly allowPrivate: boolean
  readonly resolve: Resolve
}

export interface Deliveries {
  /** Looks for what is due, and resolves once that has been taken up. */
  wake(): Promise<void>
  /** Takes nothing more, gives what is under way a while to end, and hands back the rest. */
  stop(): Promise<void>
}

/** Delivers what is on its way to webhooks, until it is stopped. */
export function startDeliveries(deps: DeliveryDeps): Deliveries {
  const { clock, logger, metrics, connectionString } = deps
  const { sql } = deps.database
  const poster = createPoster(deps)
  const load = createLoad(AT_ONCE)
  const leaving = new AbortController()
  let stopped = false

  async function attempt(claimed: Claimed): Promise<void> {
    try {
      await attemptDelivery({ ...deps, poster }, claimed, leaving.signal)
    } catch (err) {
      // Handed back only when it is we who broke it off; otherwise the lease has to run out, so that it is not sent on and on.
      if (leaving.signal.aborted) await releaseDelivery(sql, claimed).catch(() => undefined)
      else
        logger.warn({ err, delivery: idFromUuid('delivery', claimed.id) }, 'an attempt was not written down')
    }
  }

  async function takeUp(): Promise<void> {
    if (stopped || load.room() <= 0) return
    const now = clock.date()
    const claimed = await claimDeliveries(sql, {
      now,
      leaseUntil: new Date(now.getTime() + LEASE_MS),
      limit: load.room(),
      perWebhook: AT_ONCE.perWebhook,
      underWay: load.perWebhook,
    })
    for (const delivery of claimed) {
      const lateMs = Math.max(0, now.getTime() - delivery.next_attempt_at.getTime())
      metrics.jobAge.observe({ job: 'webhook_delivery' }, lateMs / 1_000)
      load.run(delivery.webhook_id, attempt(delivery), () => void wake())
    }
  }
  const failure = 'deliveries could not be looked for'
  const wake = oneAtATime(() => takeUp().catch((err: unknown) => logger.warn({ err }, failure)))
  const rounds = startRounds(wake, { everyMs: EVERY_MS, failure, logger })
  const onNotification = () => void wake()
  const listener = startListener({ connectionString, channel: DELIVERIES_CHANNEL, onNotification, logger })
  return {
    wake,
    stop: async () => {
      stopped = true
      await Promise.all([listener.stop(), rounds.stop(), wake()])
      const cancelGrace = clock.after(GRACE_MS, () => leaving.abort())
      await load.rest()
      cancelGrace()
      await poster.close()
    },
  }
}
