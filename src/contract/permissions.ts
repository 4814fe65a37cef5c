import { z } from 'zod'
import { Details } from '#contract/provider-objects'
import { Mode, ProviderId } from '#contract/vocabulary'

export const Permissions = z
  .object({
    object: z.literal('permissions'),
    mode: Mode,
    provider: ProviderId,
    permissions: z.array(z.unknown()).meta({ description: 'As the provider writes them.' }),
    details: Details,
  })
  .meta({ id: 'Permissions', description: 'What a connection is allowed to do at its provider.' })
