import { z } from 'zod'
import { closedLoop } from '#bench/load'
import { makeQuote } from '#bench/measures/reads'
import { type Findings, figure, times } from '#bench/report'
import type { Rig, RunningGateway } from '#bench/rig'
import { compared, inRounds, type Pace } from '#bench/rounds'
import { gatewayTarget } from '#bench/targets'

const SMALL = 10_000
const CONNECTIONS = 2
/** Pages of 100 on the way to the deep page: as far as a thousand pages of 25. */
const WALK = 250
const Page = z.object({ next_cursor: z.string() })

/** So many copies of a quote that the gateway has made, all of them older than it. */
async function fill(rig: Rig, gateway: RunningGateway, rows: number): Promise<void> {
  await makeQuote(gateway)
  const id = "('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
  await rig.query(
    gateway.databaseUrl,
    `INSERT INTO quotes (id, account_id, mode, status, request, offers, results, metadata, created_at, expires_at)
     SELECT ${id}, account_id, mode, status, request, offers, results, metadata, created_at, expires_at
     FROM quotes, generate_series(1, ${rows}) AS n`,
  )
  await rig.query(gateway.databaseUrl, 'VACUUM (ANALYZE) quotes')
}

async function deepCursor({ origin, key }: RunningGateway): Promise<string> {
  let cursor = ''
  for (let page = 0; page < WALK; page += 1) {
    const query = cursor === '' ? '' : `&cursor=${cursor}`
    const headers = { authorization: `Bearer ${key}` }
    const answer = await fetch(`${origin}/v1/quotes?limit=100${query}`, { headers })
    cursor = Page.parse(await answer.json()).next_cursor
  }
  return cursor
}

/** P10: a page of a short list, of a long one, and deep in the long one. */
export async function measureLists(rig: Rig, pace: Pace, rows: number): Promise<Findings> {
  const short = await rig.gateway()
  const long = await rig.gateway()
  await fill(rig, short, SMALL)
  await fill(rig, long, rows)
  const named = (count: number) => `gateway: GET /v1/quotes of ${count.toLocaleString('en')}`
  const targets = [
    gatewayTarget(named(SMALL), short, { path: '/v1/quotes' }),
    gatewayTarget(named(rows), long, { path: '/v1/quotes' }),
    gatewayTarget('the same, page 1,000', long, { path: `/v1/quotes?cursor=${await deepCursor(long)}` }),
  ]
  const rounds = await inRounds(targets, pace.rounds, target => closedLoop(target, CONNECTIONS, pace.turnMs))
  await Promise.all([short.program.stop(), long.program.stop()])
  const ratio = (one: number, other: number) =>
    compared(rounds[one], rounds[other], (ours, theirs) => ours.p50 / theirs.p50)
  const many = rows.toLocaleString('en')
  return {
    figures: [
      figure(['P10', `page of quotes, p50: ${many} rows / 10,000`], ratio(1, 0), { most: 2 }, times),
      figure(
        ['P10', `page of quotes, p50: page 1,000 / page 1 of ${many} rows`],
        ratio(2, 1),
        { most: 2 },
        times,
      ),
    ],
    groups: [{ title: `${CONNECTIONS} connections`, targets, rounds }],
  }
}
