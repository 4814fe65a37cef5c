import { setTimeout as delay } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import { z } from 'zod'
import { type Boss, startBoss } from '#jobs/boss'
import { pollConnection } from '#jobs/poll-connection'
import { dueConnections } from '#mappings/watches'
import type { Services } from '#services'

/** Every minute: which connections something is due through. */
const PLAN = 'poll-changes'
/** One connection's round of looks. Named in each job's data, and its singleton key. */
const ROUND = 'poll-connection'

const EVERY_MINUTE = '* * * * *'
/** Rounds side by side in one process: one slow provider must not keep the others waiting. */
const ROUNDS_AT_ONCE = 4

const Round = z.object({ connection_id: z.string() })

// No job is retried or kept: what is due stands in `watches`, and the next minute finds it again. `exclusive` lets a
// connection have one job at a time, however many processes there are; of a process that died it ends by its expiry.
const queue = { policy: 'exclusive', retryLimit: 0, retentionSeconds: 600, deleteAfterSeconds: 600 }

async function waitUnless(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}

/** Sends a job for every connection that something is due through. Answers the connections. */
export async function planRounds(
  services: Services,
  send: (name: string, data: object, options: { singletonKey: string }) => Promise<unknown>,
): Promise<string[]> {
  const connections = await dueConnections(services.database.sql, services.now())
  for (const connection_id of connections)
    await send(ROUND, { connection_id }, { singletonKey: connection_id })
  return connections
}

/** Looks for changes at the providers, in one of however many processes, until it is stopped. */
export function startPolling({ services, databaseUrl }: { services: Services; databaseUrl: string }): Boss {
  const leaving = new AbortController()
  const { logger } = services

  async function prepare(boss: PgBoss): Promise<void> {
    await boss.createQueue(PLAN, { ...queue, expireInSeconds: 60 })
    await boss.createQueue(ROUND, { ...queue, expireInSeconds: 180 })
    await boss.work(PLAN, { pollingIntervalSeconds: 10 }, async () => {
      await planRounds(services, (name, data, options) => boss.send(name, data, options))
    })
    const work = { pollingIntervalSeconds: 5, localConcurrency: ROUNDS_AT_ONCE }
    await boss.work(ROUND, work, async ([job]) => {
      const { connection_id } = Round.parse(job?.data)
      const deps = { services, pause: waitUnless, random: Math.random }
      const looks = await pollConnection(deps, connection_id, leaving.signal)
      logger.debug({ connection_id, looks }, 'polling: round over')
    })
    await boss.schedule(PLAN, EVERY_MINUTE)
    await boss.send(PLAN)
  }

  const boss = startBoss({ connectionString: databaseUrl, logger, prepare })
  return {
    started: boss.started,
    stop: () => {
      leaving.abort()
      return boss.stop()
    },
  }
}
