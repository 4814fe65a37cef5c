import { z } from 'zod'
import { Metadata, Mode, ProviderData, ProviderId } from '#contract/vocabulary'

export const Details = z
  .record(z.string(), z.unknown())
  .meta({ description: 'What else the provider answered, untouched.' })

/** Something that lives only at a provider, under the provider's own id. */
export function providerObject<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.object({
    id: z.string().meta({ description: "The provider's own id.", examples: ['915'] }),
    object: z.literal(kind),
    mode: Mode,
    provider: ProviderId,
    ...shape,
    details: Details,
    provider_data: ProviderData.exactOptional(),
  })
}

/** The same, where it is made through here and so may carry `metadata`. */
export function createdObject<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return providerObject(kind, { ...shape, metadata: Metadata })
}

/** The provider's number of something, in a body. */
export const ProviderObjectId = z
  .string()
  .regex(/^\d{1,15}$/, { error: "must be the provider's id, a number as text" })
  .meta({ description: "The provider's own id.", examples: ['1'] })

/** The provider's id of something, in a path. A number has one spelling, so that one thing is never taken for two. */
export const ProviderPathId = z
  .string()
  .regex(/^(?!0\d+$)[\w-]{1,64}$/)
  .meta({ description: "The provider's own id.", examples: ['915'] })

export const ProviderObjectParams = z.strictObject({ id: ProviderPathId })

/** The provider's UUID of something, in a path; in small letters from here on, for the same reason. */
export const ProviderPathUuid = z.uuid().toLowerCase()

/** An amount that is asked for: never negative, and in the provider's one currency. */
export const Euros = z
  .strictObject({
    amount: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .meta({ description: 'Cents.', examples: [1050] }),
    currency: z.literal('EUR', { error: 'must be EUR' }),
  })
  .meta({ description: 'Euros.' })

/** The same, and more than nothing. */
export const MoreThanNoEuros = Euros.refine(({ amount }) => amount > 0, {
  path: ['amount'],
  error: 'must be more than nothing',
  params: { code: 'too_small' },
})
