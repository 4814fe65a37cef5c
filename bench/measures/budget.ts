import { openLoop } from '#bench/load'
import { type Findings, figure } from '#bench/report'
import { countedQuoteBody } from '#bench/requests'
import type { Rig } from '#bench/rig'
import { gatewayTarget } from '#bench/targets'
import { providers } from '#providers/registry'

/** Requests a second that clients send, over both gateways. */
const OFFERED = 200

const count = (value: number) => value.toFixed(0)
const share = (value: number) => `${(value * 100).toFixed(1)} %`

/** P20 and F24: far more is asked of two gateways than their provider allows the two together. */
export async function measureBudget(rig: Rig, seconds: number): Promise<Findings> {
  const variables = await rig.countingProviders()
  const one = await rig.gateway(variables)
  const other = await rig.again(one, variables)
  const targets = [one, other].map((gateway, index) =>
    gatewayTarget(`gateway ${index + 1}: POST /v1/quotes at One Utility Bill`, gateway, {
      path: '/v1/quotes',
      body: countedQuoteBody,
    }),
  )
  const rounds = await Promise.all(targets.map(target => openLoop(target, OFFERED / 2, seconds * 1_000)))
  const measured = `created_at > max(created_at) OVER () - interval '${seconds} seconds'`
  const { rows } = await rig.query(
    one.databaseUrl,
    `SELECT count(*) FILTER (WHERE counts)::int AS calls, count(*) FILTER (WHERE status = 429)::int AS refused
     FROM (SELECT status, ${measured} AS counts FROM provider_calls WHERE provider = 'one_utility_bill') calls`,
  )
  await Promise.all([one, other].map(({ program }) => program.stop()))
  const { window } = providers.one_utility_bill.limits.test
  const allowed = (window.requests * seconds * 1_000) / window.ms
  return {
    figures: [
      figure(
        ['P20', `calls in ${seconds} s / ${allowed} allowed`],
        rows[0]?.calls / allowed,
        { least: 0.95 },
        share,
      ),
      figure(['F24', 'calls that the provider refused (429)'], rows[0]?.refused, { most: 0 }, count),
    ],
    groups: [{ title: `${OFFERED} per second offered`, targets, rounds: rounds.map(round => [round]) }],
  }
}
