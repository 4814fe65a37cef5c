import type { z } from 'zod'
import { Media, type MediaRequest } from '#contract/media'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { MEDIA } from '#resources/media/read-media'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Hands a picture over to MyBeezBox: received whole and checked, written down without it, sent once. */
export function createMedia(
  services: Services,
  call: Call,
  { name, file }: z.output<typeof MediaRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  const { path, filename, contentType } = file
  return performOrPreview(services, call, query, {
    operation: 'media.create',
    input: { name, file: { path, filename, contentType } },
    done: media => {
      const headers = { location: `/v1/media/${media.id}` }
      return respond(Media, shown(call, MEDIA, media), { status: 201, headers })
    },
  })
}
