import { z } from 'zod'
import { ListQuery, ProviderId, text, Timestamp } from '#contract/vocabulary'

export const Mapping = z
  .object({
    object: z.literal('mapping'),
    resource: z.string(),
    provider: ProviderId,
    provider_resource: z.string().meta({ examples: ['order'] }),
    provider_id: z.string(),
    created_at: Timestamp,
  })
  .meta({ id: 'Mapping', description: 'Which object of a provider an object of yours is.' })
export type Mapping = z.infer<typeof Mapping>

export const MappingQuery = ListQuery.extend({
  resource: z
    .string()
    .max(64)
    .exactOptional()
    .meta({ description: 'An object of yours.', examples: ['order_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
  provider: ProviderId.exactOptional(),
  provider_resource: text(64)
    .exactOptional()
    .meta({ description: 'Their kind of object.', examples: ['order'] }),
  provider_id: text(255)
    .exactOptional()
    .meta({ description: 'Their id of it.', examples: ['915'] }),
})
