import { setTimeout as delay } from 'node:timers/promises'
import type { ApiAnswer } from '#cli/api-client'
import { POSTCODE, unluckyTenant } from '#cli/demo/household'
import { demand, type Stage } from '#cli/demo/stage'
import { listOf } from '#contract/vocabulary'
import { Operation } from '#contract/operations'
import { Order } from '#contract/orders'
import { ProviderCall } from '#contract/providers'
import type { Quote } from '#contract/quotes'

const Calls = listOf(ProviderCall, 'Calls.')
const Operations = listOf(Operation, 'Operations.')

/** Calls are logged in batches, a moment after they were made. */
const LOG_TRIES = 100
const LOG_PAUSE_MS = 50

async function callsFor({ api }: Stage, order: Order): Promise<ProviderCall[]> {
  for (let tries = 0; tries < LOG_TRIES; tries += 1) {
    const { body } = await api.call(`GET /v1/provider-calls?resource=${order.id}`, Calls)
    if (body.data.length > 0) return body.data
    await delay(LOG_PAUSE_MS)
  }
  return []
}

function rowOf(what: string, { status, headers, body }: ApiAnswer<Order>): string[] {
  const replayed = headers.get('idempotent-replayed') === 'true' ? 'yes' : 'no'
  return [what, String(status), body.status, replayed]
}

export interface LostAnswer {
  readonly order: Order
  readonly replayed: boolean
  readonly calls: readonly ProviderCall[]
}

/** Orders at Housr, whose answer is lost, and sends the same request again: Housr is called once. */
export async function loseAnswer(stage: Stage, quote: Quote): Promise<LostAnswer> {
  const { api, run, say, table } = stage
  const request = {
    body: {
      provider: 'housr',
      product: 'bills_package',
      services: ['energy', 'water', 'broadband'],
      broadband: '400mbps',
      address: { line_1: '2 Chapel Lane', city: 'Newcastle upon Tyne', postcode: POSTCODE },
      occupants: 1,
      tenancy: quote.request.tenancy,
      tenants: [unluckyTenant(run)],
    },
    headers: { 'idempotency-key': `demo-${run}-lost` },
  }
  say(
    'Dev orders at Housr, which takes the order; then the connection breaks. The client sends the same again:',
  )
  const first = await api.call('POST /v1/orders', Order, request)
  const again = await api.call('POST /v1/orders', Order, request)
  const calls = await callsFor(stage, first.body)
  table(
    [{ title: 'POST /v1/orders' }, { title: 'answer' }, { title: 'order' }, { title: 'replayed' }],
    [rowOf('first', first), rowOf('the same again', again)],
  )
  say(`202: nobody knows what became of it, so it is not sent again. Calls to Housr: ${calls.length}.`)
  demand(first.status === 202 && first.body.status === 'unknown', `the order is ${first.body.status}`)
  const replayed = again.headers.get('idempotent-replayed') === 'true'
  demand(again.status === 202 && again.body.id === first.body.id, 'the same request made another order')
  demand(replayed, 'the second answer is not marked as replayed')
  demand(calls.length === 1, `Housr was called ${calls.length} times, not once`)
  return { order: first.body, replayed, calls }
}

export interface ResolvedOutcome {
  readonly operation: Operation
  readonly order: Order
}

/** Housr has nothing to look an order up by: a person asks there, and says what happened. */
export async function resolveOutcome(
  { api, run, say, table }: Stage,
  order: Order,
): Promise<ResolvedOutcome> {
  const unknown = `GET /v1/operations?state=unknown&resource=${order.id}` as const
  const [operation] = (await api.call(unknown, Operations)).body.data
  demand(operation !== undefined, 'no operation of the order is unknown')
  const { body: settled } = await api.call(`POST /v1/operations/${operation.id}/resolve`, Operation, {
    body: { outcome: 'happened', provider_id: `demo-${run}`, note: 'Said by the demo.' },
  })
  const { body: after } = await api.call(`GET /v1/orders/${order.id}`, Order)
  table(
    [{ title: 'operation' }, { title: 'before' }, { title: 'after' }, { title: 'order' }],
    [[operation.operation, operation.state, settled.state, after.status]],
  )
  demand(settled.state === 'settled_by_person', `the operation is ${settled.state}`)
  demand(after.status === 'pending', `the order is ${after.status}, not pending`)
  say('It could have been sent again instead, under a new reference, had Housr not known of it.')
  return { operation: settled, order: after }
}
