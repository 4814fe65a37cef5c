import { z } from 'zod'
import { OptionalText } from '#providers/answer-schemas'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { detailed, Id } from '#providers/mybeezbox/dialect'
import type { Implements } from '#providers/port/index'

/** No field of a media is shown: its id is what it is read by, its name what it is given. */
const Media = detailed({ id: Id, name: OptionalText }, () => ({}))

export const mybeezboxMedia = {
  'media.create': (client, { name, file }) => {
    const body = { kind: 'multipart', fields: { name }, files: { file } } as const
    return client.call('media.create', { body }, Media)
  },
  'media.list': client => client.call('media.list', {}, z.array(Media)),
  'media.get': (client, { id }) => client.call('media.get', { params: { id } }, Media),
  'media.update': (client, { id, changes }) => {
    const body = { kind: 'json', value: changes } as const
    return client.call('media.update', { params: { id }, body }, Media)
  },
} satisfies Implements<MybeezboxClient>
