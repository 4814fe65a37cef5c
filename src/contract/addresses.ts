import { z } from 'zod'
import { absentable, ListQuery, PostcodeInput, ProviderId, text } from '#contract/vocabulary'

/** An address in a request: fields, or an `address_id` from `GET /v1/addresses`, or both. */
export const AddressInput = z
  .strictObject({
    line_1: absentable(text(191)),
    line_2: absentable(text(191)),
    city: absentable(text(60)),
    county: absentable(text(191)),
    postcode: absentable(PostcodeInput),
    address_id: absentable(text(255)),
    uprn: absentable(z.string().regex(/^\d{1,12}$/, { error: 'must be at most 12 digits' })),
    umprn: absentable(z.string().regex(/^\d{1,10}$/, { error: 'must be at most 10 digits' })),
    udprn: absentable(z.string().regex(/^\d{1,8}$/, { error: 'must be at most 8 digits' })),
  })
  .refine(address => Boolean(address.postcode ?? address.address_id), {
    path: ['postcode'],
    error: 'postcode or address_id is required',
    params: { code: 'required' },
  })
  .meta({ id: 'AddressRequest', description: 'A UK address. `postcode` or `address_id` is required.' })
export type AddressInput = z.output<typeof AddressInput>

/** An address in an answer. */
export const Address = z
  .object({
    line_1: z.string().nullable(),
    line_2: z.string().nullable(),
    city: z.string().nullable(),
    county: z.string().nullable(),
    postcode: z.string().nullable(),
    address_id: z.string().nullable(),
    uprn: z.string().nullable(),
    umprn: z.string().nullable(),
    udprn: z.string().nullable(),
  })
  .meta({ id: 'Address', description: 'A UK address as it is known to the gateway.' })
export type Address = z.infer<typeof Address>

export const FoundAddress = z
  .object({
    object: z.literal('address'),
    address_id: z.string().meta({ examples: ['UN5Iu2KV9zOVJbacTYozt'] }),
    label: z.string().meta({ examples: ['35 Ship Street, Brighton, BN1 1AB'] }),
    provider: ProviderId,
  })
  .meta({
    id: 'FoundAddress',
    description: 'An address to choose; its `address_id` may stand wherever an address may.',
  })
export type FoundAddress = z.infer<typeof FoundAddress>

export const AddressQuery = ListQuery.extend({
  query: text(200).meta({ description: 'A postcode or part of an address.', examples: ['BN1 1AB'] }),
})
