import { contactOf, tenantsOf } from '#cli/demo/household'
import { shown } from '#cli/demo/price-household'
import { demand, type Stage } from '#cli/demo/stage'
import { listOf } from '#contract/vocabulary'
import { Lead } from '#contract/leads'
import { Order } from '#contract/orders'
import type { Quote } from '#contract/quotes'
import { Invite } from '#contract/tenants'

const Invites = listOf(Invite, 'Invitations.')

/** Hands the household to every provider that takes leads. */
export async function handOverLead(stage: Stage, quote: Quote): Promise<Lead> {
  const { api, run, table } = stage
  const { status, body } = await api.call('POST /v1/leads', Lead, {
    body: { quote_id: quote.id, tenants: [contactOf(run)], source: { enquiry_id: `demo-${run}` } },
    headers: { 'idempotency-key': `demo-${run}-lead` },
  })
  table(
    [{ title: 'provider' }, { title: 'submission' }, { title: 'their id' }],
    body.submissions.map(submission => [
      submission.provider,
      submission.status,
      submission.provider_ids.join(' '),
    ]),
  )
  demand(status === 201 && body.status === 'submitted', `the lead is ${body.status}, not submitted`)
  return body
}

function nameOf(order: Order, tenantId: string | null): string {
  const tenant = order.tenants.find(({ id }) => id === tenantId)
  return tenant ? `${tenant.first_name ?? ''} ${tenant.last_name ?? ''}`.trim() : ''
}

export interface PlacedOrder {
  readonly order: Order
  readonly invites: readonly Invite[]
}

/** Orders the cheapest package that can be ordered: two pay by direct debit, the third is invited. */
export async function placeOrder({ api, run, say, table }: Stage, quote: Quote): Promise<PlacedOrder> {
  const offer = quote.offers.find(({ orderable, product }) => orderable && product === 'tenant_package')
  demand(offer !== undefined, 'no offer of a tenant package can be ordered')
  say(`${offer.name} at ${offer.provider}, ${shown(offer.price.per_month)} per month:`)
  const { status, body: order } = await api.call('POST /v1/orders', Order, {
    body: { offer_id: offer.id, reference: `demo-${run}`, tenants: tenantsOf(run) },
    headers: { 'idempotency-key': `demo-${run}-order` },
  })
  table(
    [{ title: 'step', right: true }, { title: 'operation' }, { title: 'for' }, { title: 'state' }],
    order.steps.map(({ step, operation, tenant_id, state }) => [
      String(step),
      operation,
      nameOf(order, tenant_id),
      state,
    ]),
  )
  demand(status === 201 && order.status === 'pending', `the order is ${order.status}, not pending`)
  const done = order.steps.filter(({ state }) => state === 'succeeded').map(({ operation }) => operation)
  const wanted = 'orders.create tenants.create tenants.create invites.create'
  demand(done.join(' ') === wanted, `of the order's four steps these succeeded: ${done.join(' ')}`)
  const invites = (await api.call(`GET /v1/orders/${order.id}/invites`, Invites)).body.data
  demand(invites.length === 1, `there are ${invites.length} invitations, not one`)
  say(`The order is ${order.status}; ${invites[0]?.first_name ?? 'somebody'} was texted a link to sign up.`)
  return { order, invites }
}
