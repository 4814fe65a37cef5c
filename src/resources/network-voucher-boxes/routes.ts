import type { FastifyInstance } from 'fastify'
import { NetworkVoucherBox, NetworkVoucherOffer } from '#contract/network-vouchers'
import { ProviderObjectParams } from '#contract/provider-objects'
import { ListQuery, listOf } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { askAboutOne, askMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { FROM_MYBEEZBOX, operationOf } from '#resources/provider-objects/documented'
import { listWhole, shown } from '#resources/provider-objects/show'
import type { Services } from '#services'

const tag = 'Network vouchers'
const Boxes = listOf(NetworkVoucherBox, 'Boxes of the network.')
const Offers = listOf(NetworkVoucherOffer, 'Offers of a box.')

export function networkVoucherBoxRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'GET',
    path: '/v1/network-voucher-boxes',
    operationId: 'listNetworkVoucherBoxes',
    tag,
    summary: 'List boxes',
    description: 'Read at MyBeezBox, in its order.',
    takes: { query: ListQuery },
    answers: { 200: { description: 'A page of boxes.', schema: Boxes } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('boxes.list'),
    handle: async ({ query }, call) => {
      const page = await listWhole(services, call, { list: 'network-voucher-boxes', query }, async () => {
        const boxes = await askMybeezbox(services, call, 'boxes.list', {})
        return boxes.map(box => shown(call, 'network_voucher_box', box))
      })
      return respond(Boxes, page)
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/network-voucher-boxes/{id}',
    operationId: 'getNetworkVoucherBox',
    tag,
    summary: 'Get a box',
    description: 'Read at MyBeezBox.',
    takes: { params: ProviderObjectParams },
    answers: { 200: { description: 'The box.', schema: NetworkVoucherBox } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('boxes.get'),
    handle: async ({ params }, call) => {
      const box = await askAboutOne(services, call, 'boxes.get', params)
      return respond(NetworkVoucherBox, shown(call, 'network_voucher_box', box))
    },
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/network-voucher-boxes/{id}/offers',
    operationId: 'listNetworkVoucherOffers',
    tag,
    summary: 'List the offers of a box',
    description: 'Read at MyBeezBox, in its order.',
    takes: { params: ProviderObjectParams, query: ListQuery },
    answers: { 200: { description: 'A page of offers.', schema: Offers } },
    problems: FROM_MYBEEZBOX,
    operation: operationOf('boxes.offers'),
    handle: async ({ params, query }, call) => {
      const list = `network-voucher-boxes/${params.id}/offers`
      const page = await listWhole(services, call, { list, query }, async () => {
        const offers = await askAboutOne(services, call, 'boxes.offers', params)
        return offers.map(offer => shown(call, 'network_voucher_offer', offer))
      })
      return respond(Offers, page)
    },
  })
}
