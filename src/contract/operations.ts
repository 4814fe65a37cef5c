import { z } from 'zod'
import { absentable, idOf, ListQuery, Mode, ProviderId, Timestamp, text } from '#contract/vocabulary'
import { ProviderFailure } from '#contract/problems'

export const operationStates = [
  'planned',
  'sending',
  'succeeded',
  'refused',
  'not_sent',
  'unknown',
  'settled_by_person',
] as const
export type OperationState = (typeof operationStates)[number]
export const OperationState = z.enum(operationStates).meta({
  description:
    '`not_sent`: the provider cannot have seen it, or was looked at and proven not to have it. `refused`: it decided against it. `unknown`: it may have been carried out, and is not sent again.',
})
export const reconcileModes = ['by_reference', 'by_scan', 'by_person'] as const

export const Operation = z
  .object({
    id: z.string().meta({ examples: ['operation_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('operation'),
    mode: Mode,
    operation: z.string().meta({ examples: ['orders.create'] }),
    provider: ProviderId,
    resource: z.string().meta({ description: 'The resource of yours that it is for.' }),
    state: OperationState,
    reconcile: z.enum(reconcileModes).meta({ description: 'How an unknown outcome is found out.' }),
    reference: z.string().nullable().meta({ description: 'What the provider was told to call it.' }),
    provider_ids: z.array(z.string()),
    error: ProviderFailure.nullable(),
    hint: z.string().nullable().meta({
      description: 'What speaks for one outcome without proving it, or how a person finds out what it was.',
    }),
    attempts: z.int(),
    created_at: Timestamp,
    settled_at: Timestamp.nullable(),
  })
  .meta({
    id: 'Operation',
    description: 'Something that was to be done at a provider and is never done twice.',
  })
export type Operation = z.infer<typeof Operation>

export const OperationQuery = ListQuery.extend({
  state: OperationState.exactOptional(),
  provider: ProviderId.exactOptional(),
  operation: text(64)
    .exactOptional()
    .meta({ description: 'The dotted name.', examples: ['orders.create'] }),
  resource: z
    .string()
    .max(64)
    .exactOptional()
    .meta({
      description: 'The resource of yours that it is for.',
      examples: ['order_01kb2z6x9ve8vs2m0g5a7d3c1r'],
    }),
})

export const OperationReadQuery = z.strictObject({
  refresh: z
    .enum(['true', 'false'])
    .exactOptional()
    .meta({ description: '`true` looks at the provider first for what became of it, where nobody knows.' }),
})

/** What a person found out about an unknown outcome. */
export const Resolution = z
  .strictObject({
    outcome: z.enum(['happened', 'did_not_happen']),
    provider_id: absentable(text(255)).meta({ description: "The provider's id of what came into being." }),
    send_again: absentable(z.boolean()).meta({
      description: 'Only with `did_not_happen`: send it again, under a new reference.',
    }),
    note: absentable(text(1000)).meta({ description: 'Kept in the audit log. No personal data.' }),
  })
  .refine(body => !(body.outcome === 'happened' && body.send_again === true), {
    path: ['send_again'],
    error: 'goes with did_not_happen only',
    params: { code: 'conflicting' },
  })
  .refine(body => !(body.outcome === 'did_not_happen' && body.provider_id), {
    path: ['provider_id'],
    error: 'goes with happened only',
    params: { code: 'conflicting' },
  })
  .meta({
    id: 'Resolution',
    description: 'What a person found out about an unknown outcome.',
    examples: [{ outcome: 'did_not_happen', send_again: true, note: 'The provider has no such order.' }],
  })
export type Resolution = z.output<typeof Resolution>

export const OperationParams = z.strictObject({ operation_id: idOf('operation') })
