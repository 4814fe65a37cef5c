import { z } from 'zod'
import { ListQuery, Mode, ProviderId, Timestamp } from '#contract/vocabulary'
import { Product } from '#contract/quotes'

export const circuitStates = ['closed', 'open', 'half_open'] as const
export type CircuitState = (typeof circuitStates)[number]

export const Provider = z
  .object({
    id: ProviderId,
    object: z.literal('provider'),
    mode: Mode,
    name: z.string(),
    products: z.array(Product),
    capabilities: z
      .array(
        z.object({
          operation: z.string().meta({ examples: ['quotes.create'] }),
          effect: z.enum(['repeatable', 'unsafe']),
          reconcile: z.enum(['by_reference', 'by_scan', 'by_person']).nullable(),
          side_effects: z.array(z.string()),
          baseline: z.boolean().meta({
            description: 'Whether the structure of its answers is watched for contract drift.',
          }),
        }),
      )
      .meta({ description: 'What the gateway can do there, derived from what its adapter implements.' }),
    connection: z.object({
      state: z.enum(['connected', 'simulated', 'not_connected']),
      id: z.string().nullable(),
      source: z.enum(['environment', 'simulator', 'account']).nullable(),
    }),
    circuit: z
      .enum(circuitStates)
      .meta({ description: '`open`: calls are refused at once until the provider recovers.' }),
    rate_limit: z.object({ limit: z.int(), window_ms: z.int() }).nullable(),
    last_success_at: Timestamp.nullable(),
  })
  .meta({ id: 'Provider', description: 'A provider as this account reaches it.' })
export type Provider = z.infer<typeof Provider>

export const ProviderCall = z
  .object({
    id: z.string().meta({ examples: ['call_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('provider_call'),
    mode: Mode,
    provider: ProviderId,
    operation: z.string(),
    resource: z.string().nullable().meta({ description: 'The resource of ours that the call was made for.' }),
    request_id: z.string(),
    method: z.string(),
    path: z.string().meta({
      description: 'Path template: ids and queries are left out.',
      examples: ['/api/partner/address/find/{query}'],
    }),
    attempt: z.int(),
    outcome: z.enum(['ok', 'refused', 'not_sent', 'unknown']),
    status: z.int().nullable(),
    error_code: z.string().nullable(),
    duration_ms: z.int(),
    request_body: z.unknown().meta({ description: 'Redacted and cut.' }),
    response_body: z.unknown().meta({ description: 'Redacted and cut.' }),
    created_at: Timestamp,
  })
  .meta({ id: 'ProviderCall', description: 'One call to a provider.' })
export type ProviderCall = z.infer<typeof ProviderCall>

export const Preview = z
  .object({
    object: z.literal('preview'),
    requests: z.array(
      z.object({ provider: ProviderId, method: z.string(), path: z.string(), body: z.unknown() }),
    ),
    side_effects: z.array(z.string()),
    missing: z.array(z.object({ provider: ProviderId, pointer: z.string(), message: z.string() })),
  })
  .meta({ id: 'Preview', description: 'What would be sent. Nothing was sent or stored.' })
export type Preview = z.infer<typeof Preview>

export const ProviderCallQuery = ListQuery.extend({
  resource: z
    .string()
    .max(64)
    .exactOptional()
    .meta({
      description: 'Calls made for this resource.',
      examples: ['quote_01kb2z6x9ve8vs2m0g5a7d3c1r'],
    }),
  provider: ProviderId.exactOptional(),
})
