import { z } from 'zod'
import type { TenancyType } from '#contract/tenancies'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxDate } from '#providers/homebox/dates'
import { dataObject, HomeboxId } from '#providers/homebox/dialect'
import { AnsweredAddress, AnsweredPhone } from '#providers/homebox/incoming'
import { ShortDate } from '#providers/homebox/outgoing'
import { fromHomeboxProperty, Property } from '#providers/homebox/properties'
import { relocated } from '#providers/homebox/refusal'
import type { Implements } from '#providers/port/index'
import { sendable } from '#providers/port/sendable'
import type { ProviderTenancy } from '#providers/port/tenancies'

const Responsible = z.object({
  first_name: OptionalText,
  last_name: OptionalText,
  email_address: OptionalText,
  phone_number: AnsweredPhone,
})
const Detail = z.object({
  property_empty: orNull(z.boolean()),
  responsible_tenant: orNull(Responsible),
  responsible_address: orNull(AnsweredAddress),
})
const Tenancy = z.object({
  id: HomeboxId,
  property_id: orNull(HomeboxId),
  tenancy_type: OptionalText,
  tenancy_start: orNull(HomeboxDate),
  tenancy_end: orNull(HomeboxDate),
  tenancy: orNull(Detail),
  property: orNull(Property),
})
/** A property tenancy, which a void is as well. Its own id is the outer one. */
export const TenancyAnswer = z.object({ data: dataObject(Tenancy) })

/** The words of the samples. */
const TYPES: ReadonlyMap<string, TenancyType> = new Map([
  ['Tenant Bills Package', 'tenant_package'],
  ['Bills Included Package', 'partner_package'],
  ['Void Period', 'void_period'],
  ['New Tenancy', 'new_tenancy'],
])

const TenancyBody = z
  .object({ start_date: ShortDate, end_date: ShortDate })
  .transform(({ start_date, end_date }) => ({ tenancy_start: start_date, tenancy_end: end_date }))

const TENANCY = '/api/partner/property/{property_id}/tenancy/{tenancy_id}'

/** Chapters "List Tenancies" and "Update tenancy dates", whose curl sample shows another method than its request line. */
export const homeboxTenancies = {
  'tenancies.get': async (client, params) => {
    const { data } = await client.get({ path: TENANCY, params }, TenancyAnswer)
    return fromHomeboxTenancy(data)
  },
  'tenancies.update': async (client, { property_id, tenancy_id, changes }) => {
    const body = sendable('homebox', 'tenancies.update', TenancyBody, changes)
    await client
      .patch({ path: TENANCY, params: { property_id, tenancy_id } }, body, z.unknown())
      .catch((cause: unknown) => {
        throw relocated(cause, pointer => pointer.replace(/^\/tenancy\b/, ''))
      })
  },
} satisfies Implements<HomeboxClient>

export function fromHomeboxTenancy(found: z.output<typeof Tenancy>): ProviderTenancy {
  const { tenancy_type: word, tenancy, property } = found
  const responsible = tenancy?.responsible_tenant
  return {
    id: found.id,
    property_id: found.property_id,
    type: word === null ? null : (TYPES.get(word) ?? 'other'),
    provider_type: word,
    start_date: found.tenancy_start,
    end_date: found.tenancy_end,
    property_empty: tenancy?.property_empty ?? null,
    responsible_tenant: responsible
      ? {
          first_name: responsible.first_name,
          last_name: responsible.last_name,
          email: responsible.email_address,
          phone: responsible.phone_number,
        }
      : null,
    responsible_address: tenancy?.responsible_address ?? null,
    property: property && fromHomeboxProperty(property),
  }
}
