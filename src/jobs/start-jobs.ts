import { startDeliveries } from '#jobs/deliver-webhooks'
import { systemResolve } from '#providers/wire/guarded-lookup'
import { startPolling } from '#jobs/poll-changes'
import { startReconciliation } from '#jobs/reconcile'
import { startRecovery } from '#jobs/recover'
import { startConnectionReloads } from '#jobs/reload-connections'
import { startResealer } from '#jobs/reseal'
import { startSweeper } from '#jobs/sweep'
import { systemClock } from '#providers/clock'
import type { Services } from '#services'

export interface Jobs {
  /** Takes up nothing more, and waits for what is under way. */
  stop(): Promise<void>
}

/** Everything that goes on beside requests. What one process leaves undone, another one finds. */
export function startJobs(services: Services, databaseUrl: string): Jobs {
  const { config, connections, database, journal, logger, metrics, now, vault } = services
  const { sql } = database
  const jobs = [
    startSweeper({ sql, now, logger }),
    startResealer({ sql, vault, logger, left: metrics.sealedWithOldKey }),
    startRecovery({ journal, logger }),
    startConnectionReloads({ connections, connectionString: databaseUrl, logger }),
    startReconciliation(services),
    startDeliveries({
      ...services,
      clock: systemClock,
      random: Math.random,
      connectionString: databaseUrl,
      allowPrivate: config.webhookAllowPrivate,
      resolve: systemResolve,
    }),
    startPolling({ services, databaseUrl }),
  ]
  return {
    stop: async () => {
      for (const stopped of await Promise.allSettled(jobs.map(job => job?.stop())))
        if (stopped.status === 'rejected')
          logger.warn({ err: stopped.reason }, 'a job did not stop as it should')
    },
  }
}
