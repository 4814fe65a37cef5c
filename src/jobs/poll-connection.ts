import { lookAt } from '#jobs/look'
import { afterLook, isCrowded, PARKED_AFTER, spacingOf } from '#jobs/polling-pace'
import { returnWatch, takeWatch, type Watch } from '#mappings/watches'
import type { Services } from '#services'

/** Less than a minute, after which the next round begins. */
const ROUND_MS = 50_000
/** What a look may take besides its calls to the provider, of which there are three at most in turn. */
const MARGIN_MS = 10_000

export interface RoundDeps {
  readonly services: Services
  /** Waits, or returns early once the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 up to but not including 1, as Math.random. */
  readonly random: () => number
}

/** The provider's allowance as it stands, where the watch's connection is there. */
function limitOf({ connections, providers }: Services, watch: Watch) {
  const { account_id: accountId, mode, connection_id } = watch
  const connection = connections.through({ accountId, mode }, connection_id)
  return connection ? providers.state(connection).limit : null
}

async function lookOnce(deps: RoundDeps, watch: Watch): Promise<boolean> {
  const { services, random } = deps
  const { sql } = services.database
  const began = services.now()
  const look = await lookAt(services, watch)
  const now = services.now()
  const kept = afterLook(watch, look, { now, random: random() })
  await returnWatch(sql, watch, kept)
  const outcome = look.outcome === 'failed' && kept.failures >= PARKED_AFTER ? 'parked' : look.outcome
  services.metrics.polls.inc({ provider: watch.provider, kind: watch.kind, outcome })
  services.metrics.jobAge.observe({ job: 'poll' }, (began.getTime() - watch.due_at.getTime()) / 1_000)
  return look.outcome !== 'held'
}

/**
 * Looks, one by one, at what is due through one connection, until nothing is, callers need what the provider allows, the
 * provider is not well, or the time is up: what is left is still due. Answers how many were looked at.
 */
export async function pollConnection(
  deps: RoundDeps,
  connectionId: string,
  signal: AbortSignal,
): Promise<number> {
  const { services, pause } = deps
  const { sql } = services.database
  const end = services.now().getTime() + ROUND_MS
  const leaseMs = 3 * services.config.providerTimeoutMs + MARGIN_MS
  let spentMs = 0
  for (let looks = 0; ; looks += 1) {
    const now = services.now()
    if (signal.aborted || now.getTime() >= end || spentMs >= ROUND_MS) return looks
    const until = new Date(now.getTime() + leaseMs)
    const watch = await takeWatch(sql, connectionId, { now, until })
    if (!watch) return looks
    const limit = limitOf(services, watch)
    if (limit && isCrowded(limit)) {
      const { due_at: nextAt, failures, looked_at: lookedAt } = watch
      await returnWatch(sql, watch, { nextAt, failures, lookedAt })
      return looks
    }
    if (!(await lookOnce(deps, watch))) return looks + 1
    const spacingMs = spacingOf(limit?.window ?? null)
    spentMs += spacingMs
    await pause(spacingMs, signal)
  }
}
