import { z } from 'zod'
import { providerObject } from '#contract/provider-objects'
import { UploadedFile } from '#contract/uploads'
import { text } from '#contract/vocabulary'

export const Media = providerObject('media', { name: z.string().nullable() }).meta({
  id: 'Media',
  description: 'A picture for what is sold.',
})

/** A form has texts and files alone, so that it carries no metadata. */
export const MediaRequest = z
  .strictObject({
    name: text(191).meta({ examples: ['Front'] }),
    file: UploadedFile.meta({ description: 'The picture: JPEG or PNG.' }),
  })
  .meta({ id: 'MediaRequest', description: 'A picture, and its name.' })

export const MediaChanges = z
  .strictObject({ name: text(191) })
  .meta({ id: 'MediaChanges', examples: [{ name: 'New media name' }] })
