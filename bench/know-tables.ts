import { closedLoop, type Target } from '#bench/load'
import type { Rig, RunningGateway } from '#bench/rig'

/**
 * Uses a gateway for a while and has Postgres take the statistics of its tables, as autovacuum does within a minute.
 * Plans made for empty tables go by the wrong index: a lead was looked up among all leads of its account.
 */
export async function knowTables(
  rig: Rig,
  { databaseUrl }: RunningGateway,
  { target, connections, ms }: { readonly target: Target; readonly connections: number; readonly ms: number },
): Promise<void> {
  await closedLoop(target, connections, ms)
  await rig.query(databaseUrl, 'ANALYZE')
}
