import type { FastifyInstance } from 'fastify'
import { ProviderObjectParams } from '#contract/provider-objects'
import { ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { VoucherOption } from '#contract/voucher-options'
import {
  VoucherPrototype,
  VoucherPrototypeChanges,
  VoucherPrototypeRequest,
} from '#contract/voucher-prototypes'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import {
  changed,
  FROM_MYBEEZBOX,
  ONCE,
  ONCE_ANSWERS,
  operationOf,
} from '#resources/provider-objects/documented'
import { previewAt } from '#resources/provider-objects/perform-once'
import { createPrototype } from '#resources/voucher-prototypes/create-prototype'
import {
  getPrototype,
  listPrototypeOptions,
  listPrototypes,
} from '#resources/voucher-prototypes/read-prototypes'
import { updatePrototype } from '#resources/voucher-prototypes/update-prototype'
import type { Services } from '#services'

const tag = 'Vouchers'
const Prototypes = listOf(VoucherPrototype, 'Prototypes.')
const Options = listOf(VoucherOption, 'The options that go with a prototype.')

export function prototypeRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/voucher-prototypes',
    operationId: 'createVoucherPrototype',
    tag,
    summary: 'Create a prototype',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: VoucherPrototypeRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The prototype.', schema: VoucherPrototype } },
    problems: ONCE,
    operation: operationOf('prototypes.create'),
    handle: ({ body, query }, call) => createPrototype(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-prototypes',
    operationId: 'listVoucherPrototypes',
    tag,
    summary: 'List prototypes',
    description: 'Read at MyBeezBox, in its order.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of prototypes.', schema: Prototypes } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('prototypes.list'),
    handle: async ({ query }, call) => respond(Prototypes, await listPrototypes(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-prototypes/{id}',
    operationId: 'getVoucherPrototype',
    tag,
    summary: 'Get a prototype',
    description: 'Read at MyBeezBox.',
    takes: { params: ProviderObjectParams, query: SingleQuery },
    answers: { 200: { description: 'The prototype.', schema: VoucherPrototype } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('prototypes.get'),
    handle: async ({ params, query }, call) =>
      respond(VoucherPrototype, await getPrototype(services, call, params.id, query)),
  })

  endpoint(app, {
    method: 'PUT',
    path: '/v1/voucher-prototypes/{id}',
    operationId: 'updateVoucherPrototype',
    tag,
    summary: 'Replace a prototype',
    description: 'All of it at once; doing so again changes nothing.',
    takes: { params: ProviderObjectParams, body: VoucherPrototypeChanges, query: PreviewQuery },
    answers: { 200: changed(VoucherPrototype, 'The prototype as it is now.') },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('prototypes.update'),
    handle: async ({ params: { id }, body: changes, query }, call) =>
      query.preview === 'true'
        ? previewAt(services, call, { operation: 'prototypes.update', input: { id, changes } })
        : respond(VoucherPrototype, await updatePrototype(services, call, { id, changes })),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-prototypes/{id}/options',
    operationId: 'listVoucherPrototypeOptions',
    tag,
    summary: 'List the options of a prototype',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: ProviderObjectParams, query: ListQuery },
    answers: { 200: { description: 'A page of options.', schema: Options } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('prototypes.options'),
    handle: async ({ params, query }, call) =>
      respond(Options, await listPrototypeOptions(services, call, params.id, query)),
  })
}
