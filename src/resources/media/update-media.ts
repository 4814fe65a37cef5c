import type { Call } from '#http/caller'
import type { Input } from '#providers/port/index'
import { MEDIA } from '#resources/media/read-media'
import { askAboutOne } from '#resources/provider-objects/at-mybeezbox'
import { shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

/** Renames a media that nothing uses yet; doing so again changes nothing. */
export async function updateMedia(services: Services, call: Call, input: Input<'media.update'>) {
  return shown(call, MEDIA, await askAboutOne(services, call, 'media.update', input))
}
