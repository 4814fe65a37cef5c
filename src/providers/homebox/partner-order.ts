import { z } from 'zod'
import { orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxId } from '#providers/homebox/dialect'
import { BillingAddress, House, PaymentMethodWord, SentTenant, ShortDate } from '#providers/homebox/outgoing'
import { relocated } from '#providers/homebox/refusal'
import type { OrderReceipt, PartnerPackageDraft } from '#providers/port/orders'
import { notSupported, sendable, withoutNulls } from '#providers/port/sendable'

// The answer is a property tenancy: its own id is the tenancy's, and the order lies two levels down. `property.id`
// contradicts `property_id` in the sample and is not read. Without an order id the outcome is unknown.
const TenancyAnswer = z.object({
  data: z.object({
    id: orNull(HomeboxId),
    property_id: orNull(HomeboxId),
    tenancy: z.object({ order: z.object({ id: HomeboxId }) }),
  }),
})

const Payer = z
  .object({
    bank_account: z.object({ account_name: z.string(), account_number: z.string(), sort_code: z.string() }),
    billing_address: BillingAddress,
    payment_method: PaymentMethodWord.nullable(),
  })
  .transform(({ bank_account, ...payer }) => ({ ...bank_account, ...payer }))

const Bill = z
  .object({ id: z.string(), account_number: z.string().nullable() })
  .transform(withoutNulls<string>)

const PartnerOrderBody = z
  .object({
    bills: z.array(Bill),
    tenancy: z.object({ start_date: ShortDate, end_date: ShortDate }),
    occupants: z.int(),
    household_type: z.enum(['student', 'professional']),
    address: House,
    payer: Payer,
    tenants: z.array(SentTenant),
    property_reference: z.string().nullable(),
  })
  .transform(({ tenancy, occupants, household_type, payer, ...order }) =>
    withoutNulls<unknown>({
      ...order,
      ...payer,
      tenancy_start: tenancy.start_date,
      tenancy_end: tenancy.end_date,
      housemates: occupants,
      is_student: household_type === 'student',
    }),
  )

/** Chapter "Create Partner Package". It takes no reference and has no branch endpoint. */
export async function orderPartnerPackage(
  client: HomeboxClient,
  draft: PartnerPackageDraft,
): Promise<OrderReceipt> {
  if (draft.branch_id !== null) {
    throw notSupported('homebox', 'orders.create', 'Homebox makes no partner package for a branch')
  }
  const body = sendable('homebox', 'orders.create', PartnerOrderBody, draft)
  const { data } = await client
    .post({ path: '/api/partner/partner-order' }, body, TenancyAnswer)
    .catch((cause: unknown) => {
      throw atPayer(cause)
    })
  return {
    order_id: data.tenancy.order.id,
    property_id: data.property_id,
    tenancy_id: data.id,
    tenant_id: null,
  }
}

/** Bank details stand at the top of a partner order as they do in a bill payer; here they are the payer's. */
function atPayer(cause: unknown): unknown {
  return relocated(cause, pointer =>
    /^\/(bank_account|billing_address|payment_method)\b/.test(pointer) ? `/payer${pointer}` : pointer,
  )
}
