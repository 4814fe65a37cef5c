import { z } from 'zod'
import { isPlainDate } from '#values/dates'
import type { IdPrefix } from '#values/ids'
import { uuidFromId } from '#values/ids'
import { currencies } from '#values/money'
import { parsePostcode } from '#values/postcode'

export const modes = ['test', 'live'] as const
export type Mode = (typeof modes)[number]
export const Mode = z
  .enum(modes)
  .meta({ description: '`test` reaches sandboxes and simulators only, `live` production only.' })

export const providerIds = ['homebox', 'housr', 'one_utility_bill', 'mybeezbox'] as const
export type ProviderId = (typeof providerIds)[number]
export const ProviderId = z.enum(providerIds).meta({ id: 'ProviderId', description: 'An upstream provider.' })

/** A request field that may be left out or `null`; both mean absent. */
export function absentable<S extends z.ZodType>(schema: S) {
  return schema.nullable().exactOptional()
}

const storable = {
  check: (value: string) => value.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(value),
  message: {
    error: 'must not contain control characters or broken Unicode',
    params: { code: 'invalid_characters' },
  },
}

/** Free text of a request: no control characters but tab and line breaks, no half of a surrogate pair. */
export function text(max: number) {
  return z.string().trim().min(1).max(max).refine(storable.check, storable.message)
}

export const PlainDate = z
  .string()
  .refine(isPlainDate, {
    error: 'must be a date that exists, as YYYY-MM-DD',
    params: { code: 'invalid_date' },
  })
  .meta({ format: 'date', description: 'A calendar date, `YYYY-MM-DD`.', examples: ['2026-09-01'] })

export const Timestamp = z
  .string()
  .meta({ format: 'date-time', description: 'RFC 3339 in UTC.', examples: ['2026-08-01T09:30:00.000Z'] })

/** A moment in a request, in any zone. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'must be a time as RFC 3339' })
  .meta({ description: 'RFC 3339.', examples: ['2026-06-16T12:00:00Z'] })

export const PostcodeInput = z
  .string()
  .max(16)
  .transform((value, context) => {
    const parsed = parsePostcode(value)
    if (parsed) return parsed.postcode
    context.addIssue({
      code: 'custom',
      message: 'must be a UK postcode',
      params: { code: 'invalid_postcode' },
    })
    return z.NEVER
  })
  .meta({ description: 'A UK postcode in any spelling; kept as `SW15 5PU`.', examples: ['NE1 2QB'] })

/** An id of ours in a path or query. A text that is no such id matches nothing, so it is answered 404 by the resource. */
export function idOf(prefix: IdPrefix) {
  return z
    .string()
    .max(64)
    .refine(value => uuidFromId(prefix, value) !== null, {
      error: `must be an id ${prefix}_…`,
      params: { code: 'invalid_id' },
    })
    .meta({ description: `An id \`${prefix}_…\`.`, examples: [`${prefix}_01kb2z6x9ve8vs2m0g5a7d3c1r`] })
}

export const Money = z
  .object({
    amount: z.int().meta({ description: 'Integer minor units (pence, cents).', examples: [14000] }),
    currency: z.enum(currencies),
  })
  .meta({ id: 'Money', description: 'An exact amount in minor units.' })
export type Money = z.infer<typeof Money>

const metadataKey = z
  .string()
  .min(1)
  .max(40, { error: 'must have at most 40 characters' })
  .refine(storable.check, storable.message)

export const Metadata = z
  .record(metadataKey, z.string().max(500).refine(storable.check, storable.message))
  .refine(value => Object.keys(value).length <= 50, {
    error: 'must have at most 50 pairs',
    params: { code: 'too_many' },
  })
  .meta({
    id: 'Metadata',
    description: 'Up to 50 string pairs of your own, returned as they are and sent to no provider.',
  })
export type Metadata = z.infer<typeof Metadata>

export const FieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON Pointer to the field of your request.', examples: ['/address/postcode'] }),
    code: z.string().meta({ examples: ['invalid_postcode'] }),
    message: z.string(),
  })
  .meta({ id: 'FieldError', description: 'One field that is wrong, in the names of your request.' })
export type FieldError = z.infer<typeof FieldError>

/** A page of a list, newest first. */
export function listOf<S extends z.ZodType>(item: S, description: string) {
  return z
    .object({
      object: z.literal('list'),
      data: z.array(item),
      has_more: z.boolean(),
      next_cursor: z.string().nullable().meta({ description: 'Give it back as `cursor` for the next page.' }),
    })
    .meta({ description })
}

export const ListQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'must be 1 to 100' })
    .transform(Number)
    .refine(value => value >= 1 && value <= 100, {
      error: 'must be 1 to 100',
      params: { code: 'out_of_range' },
    })
    .exactOptional()
    .meta({ description: 'Rows per page, 1 to 100; 25 when absent.', examples: ['25'] }),
  cursor: z
    .string()
    .min(1)
    .max(512)
    .exactOptional()
    .meta({ description: '`next_cursor` of the page before.' }),
})
export type ListQuery = z.output<typeof ListQuery>

export const SingleQuery = z.strictObject({
  include: z
    .enum(['provider_data'])
    .exactOptional()
    .meta({ description: "`provider_data` adds the provider's own latest payload." }),
})

/** The body of a request that has nothing to say: none, or an empty object. */
export const NoBody = z.strictObject({}).nullish()

export const PreviewQuery = z.strictObject({
  preview: z
    .enum(['true', 'false'])
    .exactOptional()
    .meta({ description: '`true` answers what would be sent, and sends and stores nothing.' }),
})

/** The providers' own latest payloads by provider, with bank details and passwords removed. */
export const ProviderData = z
  .record(z.string(), z.object({ fetched_at: Timestamp, data: z.unknown() }))
  .meta({
    id: 'ProviderData',
    description: "Each provider's own latest payload, bank details and passwords removed.",
  })
export type ProviderData = z.infer<typeof ProviderData>
