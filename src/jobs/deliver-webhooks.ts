import { startListener } from '#db/listener'
import { DELIVERIES_CHANNEL } from '#events/append-event'
import { type AttemptDeps, attemptDelivery } from '#jobs/deliveries/attempt'
import type { Resolve } from '#providers/wire/guarded-lookup'
import { createLoad, type Load } from '#jobs/deliveries/load'
import { createPoster } from '#jobs/deliveries/post'
import { oneAtATime } from '#jobs/deliveries/one-at-a-time'
import { startRounds } from '#jobs/rounds'
import type { Metrics } from '#observability/metrics'
import { type Claimed, claimDeliveries, releaseDelivery } from '#resources/webhooks/deliveries/queue-store'
import { idFromUuid } from '#values/ids'

/** So many at a time, in all and to one receiver, so that a slow one does not keep the others waiting. */
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

/** Takes up what is due, as far as there is room. */
async function takeUp(deps: DeliveryDeps, load: Load, start: (claimed: Claimed) => void): Promise<void> {
  const room = AT_ONCE.inAll - load.total()
  if (room <= 0) return
  const now = deps.clock.date()
  const claimed = await claimDeliveries(deps.database.sql, {
    now,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
    limit: room,
    perWebhook: AT_ONCE.perWebhook,
    underWay: load.perWebhook,
  })
  for (const delivery of claimed) {
    const lateMs = Math.max(0, now.getTime() - delivery.due_at.getTime())
    deps.metrics.jobAge.observe({ job: 'webhook_delivery' }, lateMs / 1_000)
    start(delivery)
  }
}

/** Delivers what is on its way to webhooks, until it is stopped. */
export function startDeliveries(deps: DeliveryDeps): Deliveries {
  const { clock, logger, connectionString } = deps
  const poster = createPoster(deps)
  const load = createLoad()
  const leaving = new AbortController()
  let stopped = false

  async function attempt(claimed: Claimed): Promise<void> {
    try {
      await attemptDelivery({ ...deps, poster }, claimed, leaving.signal)
    } catch (err) {
      // Handed back only when it is we who broke it off. Else its lease has to run out: it must not be sent on and on.
      if (leaving.signal.aborted) await releaseDelivery(deps.database.sql, claimed).catch(() => undefined)
      else
        logger.warn({ err, delivery: idFromUuid('delivery', claimed.id) }, 'an attempt was not written down')
    }
  }

  const failure = 'deliveries could not be looked for'
  const wake = oneAtATime(async () => {
    if (stopped) return
    await takeUp(deps, load, claimed => load.run(claimed.webhook_id, attempt(claimed), lookAgain)).catch(
      (err: unknown) => logger.warn({ err }, failure),
    )
  })
  const lookAgain = () => void wake()
  const rounds = startRounds(wake, { everyMs: EVERY_MS, failure, logger })
  const channel = DELIVERIES_CHANNEL
  const listener = startListener({ connectionString, channel, onNotification: lookAgain, logger })
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
