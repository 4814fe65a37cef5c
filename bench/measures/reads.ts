import { z } from 'zod'
import { closedLoop } from '#bench/load'
import { type Findings, figure, times } from '#bench/report'
import { quoteBody } from '#bench/requests'
import type { Rig, RunningGateway } from '#bench/rig'
import { compared, inRounds, type Pace } from '#bench/rounds'
import { gatewayTarget, referenceTarget } from '#bench/targets'
import { uuidOf } from '#values/ids'

const CONNECTIONS = 32
const Quote = z.object({ id: z.string() })

/** A quote of some 19 KB that the gateway has just made; its id. */
export async function makeQuote({ origin, key }: RunningGateway): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(`${origin}/v1/quotes`, { method: 'POST', headers, body: quoteBody })
  return Quote.parse(await answer.json()).id
}

/** P9: one quote by its id, beside the same row read and sent without a thought. */
export async function measureReads(rig: Rig, gateway: RunningGateway, pace: Pace): Promise<Findings> {
  const id = await makeQuote(gateway)
  const get = await rig.reference({ kind: 'get', databaseUrl: gateway.databaseUrl })
  const targets = [
    gatewayTarget('gateway: GET /v1/quotes/{id}', gateway, { path: `/v1/quotes/${id}` }),
    referenceTarget('raw pg get', get, { path: `/${uuidOf('quote', id)}` }),
  ]
  const rounds = await inRounds(targets, pace.rounds, target => closedLoop(target, CONNECTIONS, pace.turnMs))
  const ratio = compared(rounds[0], rounds[1], (ours, theirs) => ours.perSecond / theirs.perSecond)
  return {
    figures: [figure(['P9', 'GET /v1/quotes/{id} per second / raw pg'], ratio, { least: 0.5 }, times)],
    groups: [{ title: `${CONNECTIONS} connections`, targets, rounds }],
  }
}
