import { z } from 'zod'
import { plainDateOf } from '#values/dates'
import { appendEvent } from '#events/append-event'
import type { Tx } from '#db/tx'
import type { Entry, Holder } from '#journal/entry'
import type { Journaled } from '#journal/journaled'
import { entriesOf } from '#journal/store'
import { insertMapping, providerIdOf } from '#mappings/store'
import { hintAtEarlier } from '#resources/orders/hint-at-earlier'
import { learnHouse } from '#resources/orders/learn-house'
import { statusOfProvider, statusOfSteps } from '#resources/orders/order-status'
import { lockOrderRow, type OrderRow, updateOrderStatus } from '#resources/orders/store'
import { mapPerson } from '#resources/orders/tenants/map-person'
import { ensureOrderTenancy } from '#resources/orders/tenancy'
import { tenantsOfOrders } from '#tenants/store'
import { idFromUuid } from '#values/ids'
import type { EventType } from '#contract/events'
import type { OrderStatus } from '#contract/orders'

const Stored = z.looseObject({})
const text = z.string().nullable()
const Receipt = z.object({
  order_id: z.string(),
  property_id: text,
  tenancy_id: text,
  tenant_id: text,
  /** Told of an order that was looked up, not in an answer. */
  address: z.object({ line_1: text, line_2: text, city: text, county: text, postcode: text }).nullish(),
})

async function orderOf(tx: Tx, entry: Entry): Promise<OrderRow> {
  const order = await lockOrderRow(tx, entry, entry.resource.uuid)
  if (!order) throw new TypeError('an operation names an order that does not exist')
  return order
}

/** Which objects of the provider came into being with the order. */
async function mapReceipt(
  tx: Tx,
  entry: Entry,
  order: OrderRow,
  receipt: z.output<typeof Receipt>,
  at: Date,
): Promise<void> {
  const { connectionId, provider } = entry
  const map = (providerResource: string, providerId: string | null, resource: Holder | null) =>
    providerId === null || resource === null
      ? undefined
      : insertMapping(tx, entry, { resource, connectionId, provider, providerResource, providerId, at })
  await map('order', receipt.order_id, entry.resource)
  await map(
    'property',
    receipt.property_id,
    order.property_id ? { prefix: 'property', uuid: order.property_id } : null,
  )
  const tenancyUuid = await ensureOrderTenancy(tx, order, at)
  await map('tenancy', receipt.tenancy_id, tenancyUuid ? { prefix: 'tenancy', uuid: tenancyUuid } : null)
  const [signer] = await tenantsOfOrders(tx, entry.accountId, [order.id])
  await map('tenant', receipt.tenant_id, signer ? { prefix: 'tenant', uuid: signer.uuid } : null)
}

/** Adding somebody answers no id: it is known where they were looked for, or a person has told it. */
async function mapTenant(tx: Tx, entry: Entry, at: Date): Promise<void> {
  const { subject, connectionId, provider } = entry
  const [providerId] = entry.providerIds
  if (subject?.prefix !== 'tenant' || providerId === undefined) return
  const resource = { prefix: subject.prefix, uuid: subject.uuid }
  await mapPerson(tx, entry, { id: connectionId, provider }, { resource, providerId, at })
}

function tell(tx: Tx, order: OrderRow, type: EventType, status: string, at: Date): void {
  appendEvent(tx, {
    accountId: order.account_id,
    mode: order.mode,
    type,
    resource: { prefix: 'order', uuid: order.id },
    data: {
      id: idFromUuid('order', order.id),
      provider: order.provider,
      status,
      previous_status: order.status,
    },
    at,
  })
}

/** Stores a new status and the provider's word, and tells of a change. The caller holds the order's row. */
export async function changeStatus(
  tx: Tx,
  order: OrderRow,
  { status, providerStatus, at }: { status: OrderStatus; providerStatus: string | null; at: Date },
): Promise<void> {
  if (status === order.status && providerStatus === order.provider_status) return
  updateOrderStatus(tx, order.id, { status, providerStatus, at })
  if (status === order.status) return
  tell(tx, order, 'order.status_changed', status, at)
  if (status === 'action_required') tell(tx, order, 'order.action_required', status, at)
}

/** Works out the order's status from its steps and, once they are done, from the provider's last word. */
export async function deriveOrderStatus(tx: Tx, order: OrderRow, at: Date): Promise<void> {
  const steps = await entriesOf(tx, order.account_id, { uuid: order.id })
  const status =
    statusOfSteps(steps, at) ?? statusOfProvider(order.status, null, order.tenancy_end, plainDateOf(at))
  await changeStatus(tx, order, { status, providerStatus: order.provider_status, at })
}

function happenedIn(entry: Entry): boolean {
  return entry.state === 'succeeded' || entry.resolution?.outcome === 'happened'
}

export const orderJournaled: Journaled = {
  table: 'orders',

  async complete(sql, entry, input) {
    const stored = Stored.parse(input)
    // Sent again it carries another reference, so that a late first one can be told apart.
    if (entry.operation === 'orders.create')
      return entry.reference === null ? stored : { ...stored, reference: entry.reference }
    return { ...stored, order_id: await providerIdOf(sql, entry.accountId, entry.resource.uuid, 'order') }
  },

  idsOf: (entry, value) => (entry.operation === 'orders.create' ? [Receipt.parse(value).order_id] : []),

  async settled(tx, entry, value, at) {
    const order = await orderOf(tx, entry)
    if (entry.operation === 'orders.create' && happenedIn(entry)) {
      const [orderId] = entry.providerIds
      const nothingElse = { property_id: null, tenancy_id: null, tenant_id: null }
      const receipt =
        value === undefined ? orderId && { order_id: orderId, ...nothingElse } : Receipt.parse(value)
      if (receipt) await mapReceipt(tx, entry, order, receipt, at)
      await learnHouse(tx, order, Receipt.safeParse(value).data?.address ?? null, at)
      tell(tx, order, 'order.created', order.status, at)
    }
    if (entry.operation === 'orders.create' && entry.state === 'refused') hintAtEarlier(tx, entry)
    if (entry.operation === 'tenants.create' && happenedIn(entry)) await mapTenant(tx, entry, at)
    await deriveOrderStatus(tx, order, at)
  },
}
