import { z } from 'zod'
import type { Endpoint } from '#simulators/core/endpoint'
import { byName } from '#simulators/core/magic'
import type { Store } from '#simulators/core/store'
import { invalid, read } from '#simulators/mybeezbox/dialect'
import { createEndpoint, openRows, readEndpoints, rowAt, type Rows } from '#simulators/mybeezbox/records'

const PICTURES = ['image/jpeg', 'image/png']

/** Section "Create a media". */
const MediaBody = z.strictObject({
  name: z.string().min(1),
  file: z.looseObject({ filename: z.string(), content_type: z.string(), bytes: z.int().min(1) }),
})
const Update = z.strictObject({ name: z.string().min(1) })

export function openMedia(store: Store): Rows {
  return openRows(store, 'media', [
    { id: 1, name: 'Front', file: '/media/front.png' },
    { id: 2, name: 'Garden', file: '/media/garden.png' },
  ])
}

function isUsed(prototypes: Rows, id: unknown): boolean {
  return prototypes.all().some(({ images, cover_image }) => {
    return cover_image === id || (Array.isArray(images) && images.includes(id))
  })
}

/** "This can only be done if the media is not used yet in any other product." */
function renameMedia(rows: Rows, prototypes: Rows): Endpoint {
  return {
    operation: 'media.update',
    method: 'PATCH',
    path: '/medias/:id/',
    effect: 'kept',
    renamed: ['id', 'uuid'],
    accept: call => {
      const row = rowAt(rows, call)
      const { name } = read(Update, call.body)
      if (isUsed(prototypes, row['id'])) throw invalid({ name: ['This media is used by a product.'] })
      return {
        triggers: [byName(name)],
        apply: () => {
          const renamed = { ...row, name }
          rows.put(Number(row['id']), renamed)
          return { status: 200, body: renamed }
        },
      }
    },
  }
}

export function mediaEndpoints(
  store: Store,
  { media: rows, prototypes }: { media: Rows; prototypes: Rows },
): Endpoint[] {
  const kind = { noun: 'media', path: '/medias/', rows }
  const create = createEndpoint({
    ...kind,
    store,
    body: MediaBody,
    check: ({ file }) => {
      if (!PICTURES.includes(file.content_type)) throw invalid({ file: ['Upload a valid image.'] })
    },
    row: (id, { name, file }) => ({ id, name, file: `/media/${id}-${file.filename}` }),
    triggers: ({ name }) => [byName(name)],
  })
  return [{ ...create, multipart: true }, ...readEndpoints(kind), renameMedia(rows, prototypes)]
}
