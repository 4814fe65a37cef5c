import { z } from 'zod'
import { Meters, propertyStatuses } from '#contract/properties'
import type { ProviderProperty } from '#providers/port/properties'

const said = z.string().nullable()
/** A house as a provider answered it, read back by whoever settles the operation. */
export const AnsweredProperty: z.ZodType<ProviderProperty> = z.object({
  id: z.string(),
  address: z.object({ line_1: said, line_2: said, city: said, county: said, postcode: said }).nullable(),
  address_id: said,
  status: z.enum([...propertyStatuses, 'other']).nullable(),
  provider_status: said,
  mpan: said,
  mprn: said,
  uprn: said,
  meters: Meters,
  property_reference: said,
})
