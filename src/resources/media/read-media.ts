import type { z } from 'zod'
import type { ListQuery, SingleQuery } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { askMybeezbox, readOne } from '#resources/provider-objects/at-mybeezbox'
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
export function getMedia(
  services: Services,
  call: Call,
  id: string,
  query: z.output<typeof SingleQuery> = {},
) {
  const request = { operation: 'media.get', input: { id }, query } as const
  return readOne(services, call, request, value => shown(call, MEDIA, value))
}
