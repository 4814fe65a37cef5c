import { knowTables } from '#bench/know-tables'
import { closedLoop, openLoop } from '#bench/load'
import { type Findings, figure, ms, times } from '#bench/report'
import { leadAtHomebox, quoteBody } from '#bench/requests'
import type { Rig, RunningGateway } from '#bench/rig'
import { compared, inRounds, over, type Pace } from '#bench/rounds'
import { directTarget, gatewayTarget, leadTarget, referenceTarget } from '#bench/targets'

const CONNECTIONS = 32

async function targetsOf({ reference, upstreams }: Rig, gateway: RunningGateway) {
  const { databaseUrl } = gateway
  const lead = { databaseUrl, upstreams: [upstreams.lead] }
  const body = { body: leadAtHomebox }
  return {
    lead: leadTarget(gateway),
    committed: referenceTarget('two commits', await reference({ kind: 'committed', ...lead }), body),
    passThrough: referenceTarget('pass-through', await reference({ kind: 'pass-through', ...lead }), body),
    health: referenceTarget('health', await reference({ kind: 'health', databaseUrl })),
    quotes: gatewayTarget('gateway: POST /v1/quotes', gateway, { path: '/v1/quotes', body: quoteBody }),
    direct: directTarget('Homebox, lead', upstreams.lead, 201, leadAtHomebox),
  }
}

/** P1 to P5: what writing down before and after costs, beside what anybody would pay for it. */
export async function measureWrites(rig: Rig, gateway: RunningGateway, pace: Pace): Promise<Findings> {
  const { lead, committed, passThrough, health, quotes, direct } = await targetsOf(rig, gateway)
  await knowTables(rig, gateway, { target: lead, connections: CONNECTIONS, ms: pace.turnMs })
  const busy = [lead, committed, passThrough, health, quotes]
  const all = await inRounds(busy, pace.rounds, target => closedLoop(target, CONNECTIONS, pace.turnMs))
  const throughput = (other: number) =>
    compared(all[0], all[other], (ours, theirs) => ours.perSecond / theirs.perSecond)

  const rate = Math.max(1, Math.floor(over(all[0], round => round.perSecond) / 2))
  const paced = await inRounds([lead, committed], pace.rounds, target => openLoop(target, rate, pace.turnMs))
  const cpu = compared(paced[0], paced[1], (ours, theirs) => ours.cpuPerRequest / theirs.cpuPerRequest)

  const alone = await inRounds([lead, committed, direct], pace.rounds, target =>
    closedLoop(target, 1, pace.turnMs),
  )
  const added = (index: number, of: 'p50' | 'p99') =>
    compared(alone[index], alone[2], (ours, theirs) => ours[of] - theirs[of])
  const besideCommitted = added(0, 'p50') / added(1, 'p50')
  return {
    figures: [
      figure(
        ['P1', 'POST /v1/leads per second / reference with two commits'],
        throughput(1),
        { least: 0.5 },
        times,
      ),
      figure(['P2', 'POST /v1/leads per second / pass-through'], throughput(2), { least: 0.15 }, times),
      figure(['P3', 'CPU per POST /v1/leads / reference with two commits'], cpu, { most: 2 }, times),
      figure(['P4', 'added latency of POST /v1/leads, alone, p50'], added(0, 'p50'), { most: 5 }, ms),
      figure(['P4', 'added latency of POST /v1/leads, alone, p99'], added(0, 'p99'), { most: 15 }, ms),
      figure(
        ['P5', 'added p50 / that of the reference with two commits'],
        besideCommitted,
        { most: 2.5 },
        times,
      ),
    ],
    groups: [
      { title: `${CONNECTIONS} connections`, targets: busy, rounds: all },
      { title: `${rate} requests a second`, targets: [lead, committed], rounds: paced },
      { title: '1 connection', targets: [lead, committed, direct], rounds: alone },
    ],
  }
}
