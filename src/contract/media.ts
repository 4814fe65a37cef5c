import { z } from 'zod'
import { createdObject } from '#contract/provider-objects'
import { text } from '#contract/vocabulary'

export const Media = createdObject('media', { name: z.string().nullable() }).meta({
  id: 'Media',
  description: 'A picture for what is sold.',
})

export const MediaChanges = z
  .strictObject({ name: text(191) })
  .meta({ id: 'MediaChanges', examples: [{ name: 'New media name' }] })
