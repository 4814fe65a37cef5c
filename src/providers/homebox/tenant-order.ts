import { z } from 'zod'
import { orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { onBehalfOf } from '#providers/homebox/client'
import { HomeboxId } from '#providers/homebox/dialect'
import { House, HouseholdTypeWord, IntegerId, ShortDate } from '#providers/homebox/outgoing'
import type { OrderReceipt, TenantPackageDraft } from '#providers/port/orders'
import { sendable, withoutNulls } from '#providers/port/sendable'

const OrderAnswer = z.object({
  data: z.object({
    order_id: HomeboxId,
    property_id: orNull(HomeboxId),
    tenancy: orNull(z.object({ id: HomeboxId })),
  }),
})

const OrderBody = z
  .object({
    package_id: IntegerId,
    add_ons: z.array(IntegerId),
    address: House,
    reference: z.string(),
    occupants: z.int(),
    bill_payers: z.int(),
    household_type: HouseholdTypeWord,
    tenancy: z.object({
      start_date: ShortDate,
      end_date: ShortDate,
      move_in_date: ShortDate.nullable(),
    }),
    property_reference: z.string().nullable(),
    coupon: z.string().nullable(),
  })
  .transform(({ add_ons, occupants, tenancy, ...order }) =>
    withoutNulls<unknown>({
      ...order,
      add_ons: add_ons.length > 0 ? add_ons : null,
      total_occupants: occupants,
      tenancy_move_in: tenancy.move_in_date ?? tenancy.start_date,
      tenancy_start: tenancy.start_date,
      tenancy_end: tenancy.end_date,
    }),
  )

const ORDERS = { own: '/api/partner/order', branch: '/api/partner/child/{child_id}/order' } as const

/** Chapters "Create Tenant Bills Package", "Custom Package" and "Create Tenant Package for Branch Account". */
export async function orderTenantPackage(
  client: HomeboxClient,
  draft: TenantPackageDraft,
): Promise<OrderReceipt> {
  const body = sendable('homebox', 'orders.create', OrderBody, draft)
  const { data } = await client.post(onBehalfOf(draft.branch_id, ORDERS), body, OrderAnswer)
  return {
    order_id: data.order_id,
    property_id: data.property_id,
    tenancy_id: data.tenancy?.id ?? null,
    tenant_id: null,
  }
}
