import { z } from 'zod'
import { fitsShortDate, toLongDate, toShortDate } from '#providers/homebox/dates'
import { toHomeboxHouseholdType, toHomeboxPostcode } from '#providers/homebox/dialect'
import { MISSING } from '#providers/port/sendable'
import { isPlainDate } from '#values/dates'

export const ShortDate = z
  .string()
  .refine(date => isPlainDate(date) && fitsShortDate(date), {
    error: 'cannot be told to Homebox, whose years of two digits go from 1970 to 2069',
    params: { code: 'out_of_range' },
  })
  .transform(toShortDate)

export const Birthday = z.string().transform(toLongDate)
export const SentPostcode = z.string().transform(toHomeboxPostcode)
export const HouseholdTypeWord = z.enum(['student', 'professional']).transform(toHomeboxHouseholdType)

const PAYMENT_METHODS = { direct_debit: 'direct-debit', bank_transfer: 'bank-transfer' } as const
export const PaymentMethodWord = z
  .enum(['direct_debit', 'bank_transfer'])
  .transform(method => PAYMENT_METHODS[method])

/** Ids are integers everywhere but in the bills of a partner order. */
export const IntegerId = z
  .string()
  .regex(/^\d{1,15}$/, 'is no id of Homebox: those are integers')
  .transform(Number)

const Known = z.object({
  line_1: z.string().nullable(),
  line_2: z.string().nullable(),
  city: z.string().nullable(),
  county: z.string().nullable(),
  postcode: z.string().nullable(),
})
const WithId = Known.extend({ address_id: z.string().nullable() })

/** "The complete address": all five fields, empty where the samples leave one empty. */
function completeAddress(address: z.output<typeof Known>, context: z.core.$RefinementCtx) {
  const { line_1, line_2, city, county, postcode } = address
  if (line_1 !== null && city !== null && postcode !== null) {
    return {
      line1: line_1,
      line2: line_2 ?? '',
      city,
      county: county ?? '',
      postcode: toHomeboxPostcode(postcode),
    }
  }
  for (const [field, value] of Object.entries({ line_1, city, postcode })) {
    if (value === null) context.addIssue({ ...MISSING, path: [field] })
  }
  return z.NEVER
}

export const BillingAddress = Known.transform(completeAddress)

/** The house by Homebox's own id where there is one, which it prefers, else by its lines. */
export const House = WithId.transform((address, context) =>
  address.address_id === null ? completeAddress(address, context) : { address_id: address.address_id },
)

/** Chapter "Create Lead": with the id goes the postcode. */
export const LeadHouse = WithId.transform((address, context) => {
  const { address_id, postcode } = address
  if (address_id === null) return completeAddress(address, context)
  if (postcode !== null) return { address_id, postcode: toHomeboxPostcode(postcode) }
  context.addIssue({ ...MISSING, path: ['postcode'] })
  return z.NEVER
})

/** A person in a lead and in a partner order. */
export const SentTenant = z
  .object({ first_name: z.string(), last_name: z.string(), email: z.string(), phone: z.string() })
  .transform(({ first_name, last_name, email, phone }) => ({
    first_name,
    last_name,
    phone_number: phone,
    email_address: email,
  }))
