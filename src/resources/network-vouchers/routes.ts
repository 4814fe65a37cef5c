import type { FastifyInstance } from 'fastify'
import { ByEmailQuery, CodeParams, NetworkVoucher, NetworkVoucherUsage } from '#contract/network-vouchers'
import { ListQuery, listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { listWhole, shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const tag = 'Network vouchers'
const NetworkVouchers = listOf(NetworkVoucher, 'Vouchers of the network.')
const Usages = listOf(NetworkVoucherUsage, 'Uses of a voucher of the network.')

export function networkVoucherRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/network-vouchers',
    operationId: 'listNetworkVouchers',
    tag,
    summary: 'List the network vouchers of a person',
    description: 'Read at MyBeezBox, in its order. It finds them by `email` only.',
    takes: { query: ByEmailQuery },
    answers: { 200: { description: 'A page of vouchers.', schema: NetworkVouchers } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('networkVouchers.listByEmail'),
    handle: async ({ query }, call) => {
      const { email } = query
      const page = await listWhole(services, call, { list: 'network-vouchers', query }, async () => {
        const vouchers = await askMybeezbox(services, call, 'networkVouchers.listByEmail', { email })
        return vouchers.map(voucher => shown(call, 'network_voucher', voucher))
      })
      return respond(NetworkVouchers, page)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/network-vouchers/{code}',
    operationId: 'getNetworkVoucher',
    tag,
    summary: 'Get a network voucher',
    description: 'Read at MyBeezBox.',
    takes: { params: CodeParams },
    answers: { 200: { description: 'The voucher.', schema: NetworkVoucher } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('networkVouchers.getByCode'),
    handle: async ({ params }, call) => {
      const voucher = await askAboutOne(services, call, 'networkVouchers.getByCode', params)
      return respond(NetworkVoucher, shown(call, 'network_voucher', voucher))
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/network-vouchers/{code}/usages',
    operationId: 'listNetworkVoucherUsages',
    tag,
    summary: 'List the uses of a network voucher',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: CodeParams, query: ListQuery },
    answers: { 200: { description: 'A page of uses.', schema: Usages } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('networkVouchers.usages'),
    handle: async ({ params, query }, call) => {
      const list = `network-vouchers/${params.code}/usages`
      const page = await listWhole(services, call, { list, query }, async () => {
        const usages = await askAboutOne(services, call, 'networkVouchers.usages', params)
        return usages.map(usage => shown(call, 'network_voucher_usage', usage))
      })
      return respond(Usages, page)
    },
  })
}
