import { setTimeout as pause } from 'node:timers/promises'
import { burst, inTurn } from '#bench/load'
import { type Findings, figure, times } from '#bench/report'
import { fanOutBody, oneUtilityBillHousehold } from '#bench/requests'
import type { Rig, RunningGateway } from '#bench/rig'
import { compared, inRounds } from '#bench/rounds'
import { percentile } from '#bench/statistics'
import { directTarget, gatewayTarget, referenceTarget } from '#bench/targets'

/** The gateway's default, which the bench leaves as it is. */
const QUOTE_DEADLINE_MS = 8_000

/** The gateway asks One Utility Bill 25 times in ten seconds at most; both measures stay below that. */
const WINDOW_MS = 10_500
const ROUNDS = 5
const TURN = 4
const HUNG = 20

const SLOW = { fault: 'slow' as const, operation: 'packages.list', times: 1_000_000, ms: 200 }
const HANG = { ...SLOW, fault: 'hang' as const, ms: 0 }

/** P7 and P8: two providers at once, one of them slow, then one of them silent. */
export async function measureFanOut(rig: Rig, gateway: RunningGateway): Promise<Findings> {
  const { packages, quotes } = rig.upstreams
  const asked = { kind: 'fan-out' as const, databaseUrl: gateway.databaseUrl, upstreams: [packages, quotes] }
  const both = JSON.stringify([null, oneUtilityBillHousehold])
  const fanOut = gatewayTarget('gateway: POST /v1/quotes at two providers', gateway, {
    path: '/v1/quotes',
    body: fanOutBody,
  })
  const targets = [
    fanOut,
    directTarget('Homebox, packages, 200 ms late', packages, 200),
    referenceTarget('bare fan-out', await rig.reference(asked), { body: both }),
  ]
  await pause(WINDOW_MS)
  await rig.fault('homebox', SLOW)
  const rounds = await inRounds(targets, ROUNDS, target => inTurn(target, TURN))
  await pause(WINDOW_MS)
  await rig.fault('homebox', HANG)
  const hung = await burst(fanOut, HUNG)
  await rig.fault('homebox', null)
  const slowest = compared(rounds[0], rounds[1], (ours, theirs) => ours.p50 / theirs.p50)
  const deadline = percentile(hung, 0.99) / QUOTE_DEADLINE_MS
  return {
    figures: [
      figure(['P7', 'quote at two providers, p50 / the slower one alone'], slowest, { most: 1.08 }, times),
      figure(['P8', 'quote while one provider is silent, p99 / deadline'], deadline, { most: 1.05 }, times),
    ],
    groups: [{ title: '1 connection, one provider late', targets, rounds }],
  }
}
