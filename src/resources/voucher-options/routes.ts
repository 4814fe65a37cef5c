import type { FastifyInstance } from 'fastify'
import { ProviderObjectParams } from '#contract/provider-objects'
import { ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import {
  ChosenVoucherOption,
  VoucherOption,
  VoucherOptionChanges,
  VoucherOptionRequest,
} from '#contract/voucher-options'
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
import { createOption } from '#resources/voucher-options/create-option'
import { getOption, listOptions } from '#resources/voucher-options/read-options'
import { updateOption } from '#resources/voucher-options/update-option'
import type { Services } from '#services'

const tag = 'Vouchers'
const Options = listOf(VoucherOption, 'Options.')

export function optionRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/voucher-options',
    operationId: 'createVoucherOption',
    tag,
    summary: 'Create an option',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: VoucherOptionRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The option.', schema: VoucherOption } },
    problems: ONCE,
    operation: operationOf('options.create'),
    handle: ({ body, query }, call) => createOption(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-options',
    operationId: 'listVoucherOptions',
    tag,
    summary: 'List options',
    description: 'Read at MyBeezBox, in its order.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of options.', schema: Options } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('options.list'),
    handle: async ({ query }, call) => respond(Options, await listOptions(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-options/{id}',
    operationId: 'getVoucherOption',
    tag,
    summary: 'Get an option',
    description: 'Read at MyBeezBox.',
    takes: { params: ProviderObjectParams, query: SingleQuery },
    answers: { 200: { description: 'The option.', schema: VoucherOption } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('options.get'),
    handle: async ({ params, query }, call) =>
      respond(VoucherOption, await getOption(services, call, params.id, query)),
  })

  endpoint(app, {
    method: 'PUT',
    path: '/v1/voucher-options/{id}',
    operationId: 'updateVoucherOption',
    tag,
    summary: 'Say how often an option was chosen',
    description: 'MyBeezBox takes another body here than for the creation. Doing so again changes nothing.',
    takes: { params: ProviderObjectParams, body: VoucherOptionChanges, query: PreviewQuery },
    answers: { 200: changed(ChosenVoucherOption, 'What MyBeezBox has noted.') },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('options.update'),
    handle: async ({ params: { id }, body: changes, query }, call) =>
      query.preview === 'true'
        ? previewAt(services, call, { operation: 'options.update', input: { id, changes } })
        : respond(ChosenVoucherOption, await updateOption(services, call, { id, changes })),
  })
}
