import { z } from 'zod'
import type { HomeboxClient } from '#providers/homebox/client'
import { onBehalfOf } from '#providers/homebox/client'
import { BillingAddress, House, IntegerId, SentTenant, ShortDate } from '#providers/homebox/outgoing'
import { fromHomeboxTenancy, TenancyAnswer } from '#providers/homebox/tenancies'
import type { Implements } from '#providers/port/index'
import { needed, sendable, withoutNulls } from '#providers/port/sendable'

/** The document spells `email_adress` so. */
const Forwarding = z
  .object({ name: z.string(), phone: z.string(), email: z.string(), address: BillingAddress })
  .transform(({ name, phone, email, address }) => ({
    name,
    phone_number: phone,
    email_adress: email,
    ...address,
  }))

const VoidBody = z
  .object({
    property_id: IntegerId.nullable(),
    address: House.nullable(),
    tenancy: z.object({ start_date: ShortDate, end_date: ShortDate.nullable() }),
    premium: z.boolean(),
    property_empty: z.boolean(),
    notifications: z.boolean(),
    responsible_tenant: needed(SentTenant),
    responsible_address: needed(BillingAddress),
    forwarding: Forwarding.nullable(),
    property_reference: z.string().nullable(),
  })
  .transform(({ tenancy, premium, forwarding, ...body }) =>
    withoutNulls<unknown>({
      ...body,
      tenancy_start: tenancy.start_date,
      tenancy_end: tenancy.end_date,
      is_premium: premium,
      forwarding_details: forwarding,
    }),
  )

const VOIDS = { own: '/api/partner/void', branch: '/api/partner/child/{child_id}/void' } as const

/** Chapters "Create Void Period" and "Create Void for a Branch Account". */
export const homeboxVoids = {
  'voids.create': async (client, draft) => {
    const body = sendable('homebox', 'voids.create', VoidBody, draft)
    const { data } = await client.post(onBehalfOf(draft.branch_id, VOIDS), body, TenancyAnswer)
    return fromHomeboxTenancy(data)
  },
} satisfies Implements<HomeboxClient>
