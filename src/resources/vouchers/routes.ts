import type { FastifyInstance } from 'fastify'
import { listOf, PreviewQuery, SingleQuery } from '#contract/vocabulary'
import { Voucher, VoucherChanges, VoucherParams, VoucherQuery } from '#contract/vouchers'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { changed, FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { previewAt } from '#resources/provider-objects/perform-once'
import { getVoucher, listVouchers } from '#resources/vouchers/read-vouchers'
import { updateVoucher } from '#resources/vouchers/update-voucher'
import type { Services } from '#services'

const tag = 'Vouchers'
const Vouchers = listOf(Voucher, 'Vouchers.')

export function voucherRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/vouchers',
    operationId: 'listVouchers',
    tag,
    summary: 'List vouchers',
    description: 'Read at MyBeezBox, in its order. Of several filters all must be true.',
    takes: { query: VoucherQuery },
    answers: { 200: { description: 'A page of vouchers.', schema: Vouchers } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('vouchers.list'),
    handle: async ({ query }, call) => respond(Vouchers, await listVouchers(services, call, query)),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/vouchers/{code}',
    operationId: 'getVoucher',
    tag,
    summary: 'Get a voucher',
    description: 'Read at MyBeezBox.',
    takes: { params: VoucherParams, query: SingleQuery },
    answers: { 200: { description: 'The voucher.', schema: Voucher } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('vouchers.get'),
    handle: async ({ params, query }, call) =>
      respond(Voucher, await getVoucher(services, call, params.code, query)),
  })

  endpoint(app, {
    method: 'PATCH',
    path: '/v1/vouchers/{code}',
    operationId: 'updateVoucher',
    tag,
    summary: 'Change the state of a voucher',
    description: 'Doing so again changes nothing.',
    takes: { params: VoucherParams, body: VoucherChanges, query: PreviewQuery },
    answers: { 200: changed(Voucher, 'The voucher as it is now.') },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('vouchers.update'),
    handle: async ({ params: { code }, body: changes, query }, call) =>
      query.preview === 'true'
        ? previewAt(services, call, { operation: 'vouchers.update', input: { code, changes } })
        : respond(Voucher, await updateVoucher(services, call, { code, changes })),
  })
}
