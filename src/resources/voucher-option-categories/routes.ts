import type { FastifyInstance } from 'fastify'
import { ProviderObjectParams } from '#contract/provider-objects'
import { ListQuery, listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import {
  VoucherOptionCategory,
  VoucherOptionCategoryChanges,
  VoucherOptionCategoryInput,
} from '#contract/voucher-option-categories'
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
import { createCategory } from '#resources/voucher-option-categories/create-category'
import { getCategory, listCategories } from '#resources/voucher-option-categories/read-categories'
import { updateCategory } from '#resources/voucher-option-categories/update-category'
import type { Services } from '#services'

const tag = 'Vouchers'
const Categories = listOf(VoucherOptionCategory, 'Option categories.')

export function categoryRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/voucher-option-categories',
    operationId: 'createVoucherOptionCategory',
    tag,
    summary: 'Create an option category',
    description: 'Made at MyBeezBox once per key.',
    takes: { body: VoucherOptionCategoryInput, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The category.', schema: VoucherOptionCategory } },
    problems: ONCE,
    operation: operationOf('categories.create'),
    handle: ({ body, query }, call) => createCategory(services, call, body, query),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-option-categories',
    operationId: 'listVoucherOptionCategories',
    tag,
    summary: 'List option categories',
    description: 'Read at MyBeezBox, in its order.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of categories.', schema: Categories } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('categories.list'),
    handle: async ({ query }, call) => respond(Categories, await listCategories(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/voucher-option-categories/{id}',
    operationId: 'getVoucherOptionCategory',
    tag,
    summary: 'Get an option category',
    description: 'Read at MyBeezBox.',
    takes: { params: ProviderObjectParams, query: SingleQuery },
    answers: { 200: { description: 'The category.', schema: VoucherOptionCategory } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('categories.get'),
    handle: async ({ params, query }, call) =>
      respond(VoucherOptionCategory, await getCategory(services, call, params.id, query)),
  })

  endpoint(app, {
    method: 'PUT',
    path: '/v1/voucher-option-categories/{id}',
    operationId: 'updateVoucherOptionCategory',
    tag,
    summary: 'Replace an option category',
    description: 'All of it at once; doing so again changes nothing.',
    takes: { params: ProviderObjectParams, body: VoucherOptionCategoryChanges, query: PreviewQuery },
    answers: { 200: changed(VoucherOptionCategory, 'The category as it is now.') },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('categories.update'),
    handle: async ({ params: { id }, body: changes, query }, call) =>
      query.preview === 'true'
        ? previewAt(services, call, { operation: 'categories.update', input: { id, changes } })
        : respond(VoucherOptionCategory, await updateCategory(services, call, { id, changes })),
  })
}
