import { z } from 'zod'
import type { Product } from '#contract/quotes'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { onBehalfOf } from '#providers/homebox/client'
import { HomeboxDate, HomeboxTimestamp } from '#providers/homebox/dates'
import { dataList, dataObject, HomeboxId } from '#providers/homebox/dialect'
import { AnsweredAddress, ListMeta, toPage } from '#providers/homebox/incoming'
import type { Input } from '#providers/port/index'
import type { ProviderOrder, ProviderOrderState } from '#providers/port/orders'
import type { ProviderPage } from '#providers/port/paging'

const count = orNull(z.int().min(0))
const Household = z.object({
  bill_payers: count,
  housemates: count,
  status: OptionalText,
  status_id: count,
  tenancy_start: orNull(HomeboxDate),
  tenancy_end: orNull(HomeboxDate),
  move_in_date: orNull(HomeboxDate),
  responsibility: OptionalText,
  address: orNull(AnsweredAddress),
})
const Order = z.object({
  id: HomeboxId,
  package_id: orNull(HomeboxId),
  from_lead_id: orNull(HomeboxId),
  package: OptionalText,
  household: orNull(Household),
  add_ons: orNull(z.array(HomeboxId)),
  reference: OptionalText,
  created_at: orNull(HomeboxTimestamp),
})
const OrderAnswer = z.object({ data: dataObject(Order) })
const OrdersAnswer = z.object({ data: dataList(z.array(Order)), meta: ListMeta })

const ORDERS = { own: '/api/partner/order', branch: '/api/partner/child/{child_id}/orders' } as const
const ORDER = {
  own: '/api/partner/order/{order_id}',
  branch: '/api/partner/child/{child_id}/order/{order_id}',
} as const

/** Chapter "List Bills Packages", and "List Branch Bills Packages" for a branch. */
export async function listOrders(
  client: HomeboxClient,
  { page, branch_id }: Input<'orders.list'>,
): Promise<ProviderPage<ProviderOrder>> {
  const target = { ...onBehalfOf(branch_id, ORDERS), query: { page: String(page) } }
  const { data, meta } = await client.get(target, OrdersAnswer)
  return toPage(data.map(fromHomeboxOrder), meta)
}

export async function getOrder(
  client: HomeboxClient,
  { order_id, branch_id }: Input<'orders.get'>,
): Promise<ProviderOrder> {
  const { data } = await client.get(onBehalfOf(branch_id, ORDER, { order_id }), OrderAnswer)
  return fromHomeboxOrder(data)
}

function fromHomeboxOrder(order: z.output<typeof Order>): ProviderOrder {
  const { household } = order
  return {
    id: order.id,
    reference: order.reference,
    product: productOf(household?.responsibility ?? null, order.package),
    state: orderStateOf(household?.status_id ?? null, household?.status ?? null),
    provider_status: household?.status ?? null,
    package_id: order.package_id,
    package_name: order.package,
    add_ons: order.add_ons ?? [],
    lead_id: order.from_lead_id,
    occupants: household?.housemates ?? null,
    bill_payers: household?.bill_payers ?? null,
    tenancy: {
      start_date: household?.tenancy_start ?? null,
      end_date: household?.tenancy_end ?? null,
      move_in_date: household?.move_in_date ?? null,
    },
    address: household?.address ?? null,
    created_at: order.created_at,
  }
}

function productOf(responsibility: string | null, packageName: string | null): Product | null {
  if (responsibility === 'Partner Package') return 'partner_package'
  if (responsibility !== 'Tenant Package') return null
  return packageName?.toLowerCase() === 'custom' ? 'custom_package' : 'tenant_package'
}

/** Only two states are documented, by their samples: `Active` (4) and `Bills Being Setup` (10). */
export function orderStateOf(id: number | null, status: string | null): ProviderOrderState | null {
  const word = status?.toLowerCase() ?? ''
  if (id === 10 || word === 'bills being setup' || word.includes('approval')) return 'pending'
  if (id === 4 || word === 'active') return 'active'
  if (word.startsWith('cancel')) return 'cancelled'
  return ['ended', 'completed', 'expired'].includes(word) ? 'ended' : null
}
