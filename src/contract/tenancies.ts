import { z } from 'zod'
import { absentable, idOf, Mode, PlainDate, ProviderData, Timestamp } from '#contract/vocabulary'

export const tenancyTypes = ['tenant_package', 'partner_package', 'void_period', 'new_tenancy'] as const
export type TenancyType = (typeof tenancyTypes)[number]

export const TenancyChanges = z
  .strictObject({ start_date: absentable(PlainDate), end_date: absentable(PlainDate) })
  .refine(({ start_date, end_date }) => Boolean(start_date ?? end_date), {
    error: 'must change something',
    params: { code: 'required' },
  })
  .refine(({ start_date, end_date }) => !(start_date && end_date) || end_date > start_date, {
    path: ['end_date'],
    error: 'must be after start_date',
    params: { code: 'end_before_start' },
  })
  .meta({
    id: 'TenancyChanges',
    description: 'New dates; the one that is left out stays as it is at the provider.',
    examples: [{ start_date: '2027-07-23', end_date: '2028-07-22' }],
  })
export type TenancyChanges = z.output<typeof TenancyChanges>

const shown = z.string().nullable()

export const Tenancy = z
  .object({
    id: z.string().meta({ examples: ['tenancy_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('tenancy'),
    mode: Mode,
    property_id: z.string(),
    type: z.enum([...tenancyTypes, 'other']).nullable(),
    provider_type: shown.meta({ description: 'The word of the provider, verbatim.' }),
    start_date: shown,
    end_date: shown,
    property_empty: z.boolean().nullable(),
    responsible_tenant: z
      .object({ first_name: shown, last_name: shown, email: shown, phone: shown })
      .nullable()
      .meta({ description: 'As the provider shows them now; not kept here.' }),
    responsible_address: z
      .object({ line_1: shown, line_2: shown, city: shown, county: shown, postcode: shown })
      .nullable(),
    provider_ids: z.array(z.string()),
    created_at: Timestamp,
    updated_at: Timestamp,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Tenancy', description: "A period in which somebody answers for a property's bills." })
export type Tenancy = z.infer<typeof Tenancy>

export const TenancyParams = z.strictObject({ property_id: idOf('property'), tenancy_id: idOf('tenancy') })
