import type { ListQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { listWhole, shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

export const MEDIA = 'media'

/** All media, as MyBeezBox lists them now. */
export async function listMedia(services: Services, call: Call, query: ListQuery) {
  const page = await listWhole(services, call, { list: 'media', query }, () =>
    askMybeezbox(services, call, 'media.list', {}),
  )
  return { ...page, data: page.data.map(media => shown(call, MEDIA, media)) }
}

/** One media, as it is at MyBeezBox now. */
export async function getMedia(services: Services, call: Call, id: string) {
  return shown(call, MEDIA, await askAboutOne(services, call, 'media.get', { id }))
}
