import { z } from 'zod'
import { ListQuery, listOf, Mode, ProviderId, Timestamp } from '#contract/vocabulary'

const type = z.string().meta({ examples: ['null | string'] })

export const ContractDrift = z
  .object({
    object: z.literal('contract_drift'),
    mode: Mode,
    provider: ProviderId,
    operation: z.string().meta({ examples: ['orders.get'] }),
    endpoint: z.string().meta({
      description: 'Method and path template at the provider.',
      examples: ['GET /api/partner/order/{order_id}'],
    }),
    path: z.string().meta({
      description: 'Where in the answer; `[]` is each item of a list, `*` each key that is data.',
      examples: ['$.data[].id'],
    }),
    kind: z.enum(['new', 'missing', 'retyped']),
    expected: type.nullable().meta({ description: 'JSON types in the baseline; null for what is new.' }),
    found: type.nullable().meta({ description: 'The JSON type found last; null for what is missing.' }),
    count: z.int().meta({ description: 'Answers that differed there, of those that were sampled.' }),
    first_seen_at: Timestamp,
    last_seen_at: Timestamp,
  })
  .meta({
    id: 'ContractDrift',
    description:
      "A place at which a provider's answers are of another structure than in the baseline that this version was written against. Names and types only, never a value.",
  })
export type ContractDrift = z.infer<typeof ContractDrift>

export const ContractDrifts = listOf(ContractDrift, 'Differences in structure, the latest found first.')
export const ContractDriftParams = z.strictObject({ provider: ProviderId })
export const ContractDriftQuery = ListQuery
