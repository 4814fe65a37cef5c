import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxDate } from '#providers/homebox/dates'
import { dataList, dataObject, HomeboxId } from '#providers/homebox/dialect'
import { AddedAnswer, AnsweredPhone } from '#providers/homebox/incoming'
import { BillingAddress, Birthday } from '#providers/homebox/outgoing'
import type { Implements } from '#providers/port/index'
import { needed, sendable } from '#providers/port/sendable'
import type { ProviderTenant } from '#providers/port/tenants'

const Tenant = z.object({
  id: HomeboxId,
  first_name: OptionalText,
  last_name: OptionalText,
  email: OptionalText,
  phone_number: AnsweredPhone,
  birthday: orNull(HomeboxDate),
  nationality: OptionalText,
})
const TenantAnswer = z.object({ data: dataObject(Tenant) })
const TenantsAnswer = z.object({ data: dataList(z.array(Tenant)) })

const TENANTS = '/api/partner/order/{order_id}/tenant'
const TENANT = `${TENANTS}/{tenant_id}`

/** Chapters "Add Bill Payer" (whose curl sample shows another path than its request line) to "Delete Bill Payer". */
export const homeboxTenants = {
  'tenants.create': async (client, { order_id, tenant }) => {
    const body = sendable('homebox', 'tenants.create', BillPayerBody, tenant)
    await client.post({ path: TENANTS, params: { order_id } }, body, AddedAnswer)
  },
  'tenants.list': async (client, { order_id }) => {
    const { data } = await client.get({ path: TENANTS, params: { order_id } }, TenantsAnswer)
    return data.map(fromHomeboxTenant)
  },
  'tenants.update': async (client, { order_id, tenant_id, changes }) => {
    const body = sendable('homebox', 'tenants.update', ChangesBody, changes)
    const { data } = await client.patch({ path: TENANT, params: { order_id, tenant_id } }, body, TenantAnswer)
    return fromHomeboxTenant(data)
  },
  'tenants.delete': (client, params) => client.delete({ path: TENANT, params }),
} satisfies Implements<HomeboxClient>

const BillPayerBody = z
  .object({
    first_name: z.string(),
    last_name: z.string(),
    email: z.string(),
    phone: z.string(),
    date_of_birth: needed(Birthday),
    nationality: needed(z.string()),
    bank_account: z.object({ account_name: z.string(), account_number: z.string(), sort_code: z.string() }),
    billing_address: needed(BillingAddress),
  })
  .transform(({ phone, date_of_birth, bank_account, ...tenant }) => ({
    ...tenant,
    phone_number: phone,
    birthday: date_of_birth,
    ...bank_account,
  }))

const ChangesBody = z
  .object({
    first_name: z.string(),
    last_name: z.string(),
    email: z.string(),
    phone: z.string(),
    date_of_birth: Birthday,
    nationality: z.string(),
  })
  .partial()
  .transform(({ phone, date_of_birth, ...changes }) => ({
    ...changes,
    ...(phone === undefined ? {} : { phone_number: phone }),
    ...(date_of_birth === undefined ? {} : { birthday: date_of_birth }),
  }))

function fromHomeboxTenant(tenant: z.output<typeof Tenant>): ProviderTenant {
  const { phone_number, birthday, ...rest } = tenant
  return { ...rest, phone: phone_number, date_of_birth: birthday }
}
