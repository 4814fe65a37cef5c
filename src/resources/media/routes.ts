import type { FastifyInstance } from 'fastify'
import { Media, MediaChanges, MediaRequest } from '#contract/media'
import { ProviderObjectParams } from '#contract/provider-objects'
import { ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { createMedia } from '#resources/media/create-media'
import { getMedia, listMedia } from '#resources/media/read-media'
import { updateMedia } from '#resources/media/update-media'
import {
  changed,
  FROM_MYBEEZBOX,
  ONCE,
  ONCE_ANSWERS,
  operationOf,
} from '#resources/provider-objects/documented'
import { previewAt } from '#resources/provider-objects/perform-once'
import type { Services } from '#services'

const tag = 'Media'
const AllMedia = listOf(Media, 'Media.')
const file = { types: ['image/jpeg', 'image/png'], required: true } as const

export function mediaRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/media',
    operationId: 'createMedia',
    tag,
    summary: 'Hand over a picture',
    description:
      'A multipart form. The picture is received whole and checked, then sent to MyBeezBox once per key.',
    takes: { body: MediaRequest, query: PreviewQuery },
    files: { file },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The media.', schema: Media } },
    problems: ONCE,
    operation: operationOf('media.create'),
    handle: ({ body, query }, call) => createMedia(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/media',
    operationId: 'listMedia',
    tag,
    summary: 'List media',
    description: 'Read at MyBeezBox, in its order.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of media.', schema: AllMedia } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('media.list'),
    handle: async ({ query }, call) => respond(AllMedia, await listMedia(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/media/{id}',
    operationId: 'getMedia',
    tag,
    summary: 'Get a media',
    description: 'Read at MyBeezBox.',
    takes: { params: ProviderObjectParams, query: SingleQuery },
    answers: { 200: { description: 'The media.', schema: Media } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('media.get'),
    handle: async ({ params, query }, call) =>
      respond(Media, await getMedia(services, call, params.id, query)),
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/media/{id}',
    operationId: 'updateMedia',
    tag,
    summary: 'Rename a media',
    description: 'Only one that nothing uses yet. Doing so again changes nothing.',
    takes: { params: ProviderObjectParams, body: MediaChanges, query: PreviewQuery },
    answers: { 200: changed(Media, 'The media as it is now.') },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('media.update'),
    handle: async ({ params: { id }, body: changes, query }, call) =>
      query.preview === 'true'
        ? previewAt(services, call, { operation: 'media.update', input: { id, changes } })
        : respond(Media, await updateMedia(services, call, { id, changes })),
  })
}
