import { z } from 'zod'
import { ListQuery, ProviderId, Timestamp } from '#contract/common'

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
  resource: z.string().max(64).exactOptional(),
  provider: ProviderId.exactOptional(),
  provider_resource: z.string().max(64).exactOptional(),
  provider_id: z.string().max(255).exactOptional(),
})
