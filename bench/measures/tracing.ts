import { knowTables } from '#bench/know-tables'
import { closedLoop } from '#bench/load'
import { type Findings, figure, times } from '#bench/report'
import type { Rig } from '#bench/rig'
import { compared, inRounds, type Pace } from '#bench/rounds'
import { leadTarget } from '#bench/targets'

const CONNECTIONS = 32

/** What spans cost a gateway that sends them to a collector, beside one that makes none. */
export async function measureTracing(rig: Rig, pace: Pace): Promise<Findings> {
  const off = await rig.gateway()
  const collector = await rig.reference({ kind: 'collector', databaseUrl: off.databaseUrl })
  const on = await rig.gateway({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin })
  const targets = [leadTarget(off), { ...leadTarget(on), name: 'the same with tracing' }]
  const alike = { connections: CONNECTIONS, ms: pace.turnMs }
  for (const gateway of [off, on]) await knowTables(rig, gateway, { target: leadTarget(gateway), ...alike })
  const rounds = await inRounds(targets, pace.rounds, target => closedLoop(target, CONNECTIONS, pace.turnMs))
  const batches = await (await fetch(`${collector.origin}/`)).text()
  await Promise.all([off, on].map(({ program }) => program.stop()))
  await collector.program.stop()
  const ratio = compared(rounds[1], rounds[0], (ours, theirs) => ours.perSecond / theirs.perSecond)
  const cpu = compared(rounds[1], rounds[0], (ours, theirs) => ours.cpuPerRequest / theirs.cpuPerRequest)
  return {
    figures: [
      figure(['P12', 'POST /v1/leads per second: tracing on / off'], ratio, { least: 0.76 }, times),
      figure(
        ['P12', `CPU per POST /v1/leads: tracing on / off (${batches} batches sent)`],
        cpu,
        { most: 1.3 },
        times,
      ),
    ],
    groups: [{ title: `${CONNECTIONS} connections`, targets, rounds }],
  }
}
