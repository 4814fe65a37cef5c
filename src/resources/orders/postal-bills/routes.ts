import type { FastifyInstance } from 'fastify'
import { PostalBill, PostalBillRequest } from '#contract/postal-bills'
import { Preview } from '#contract/providers'
import { fileTypes } from '#contract/uploads'
import { ListQuery, listOf, PreviewQuery } from '#contract/vocabulary'
import { respond } from '#http/answer'
import { endpoint } from '#http/endpoint'
import { FROM_PROVIDER, NOT_KNOWN, OrderParams, WITH_KEY } from '#resources/orders/below-order'
import { operationOf } from '#resources/provider-objects/documented'
import { createPostalBill, previewPostalBill } from '#resources/orders/postal-bills/create-postal-bill'
import { listPostalBills } from '#resources/orders/postal-bills/list-postal-bills'
import type { Services } from '#services'

const tag = 'Bills'
const PostalBills = listOf(PostalBill, 'A page of bills that came by post.')

export function postalBillRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/orders/{order_id}/postal-bills',
    operationId: 'createPostalBill',
    tag,
    summary: 'Pass on a bill that came by post',
    description:
      'As multipart/form-data, a picture or PDF of it in `file`. The file is passed on and not kept; one whose outcome nobody knows is not sent again. Send an `Idempotency-Key`.',
    takes: { params: OrderParams, body: PostalBillRequest, query: PreviewQuery },
    files: { file: { types: fileTypes, required: true } },
    answers: {
      200: { description: 'With `preview=true`: what would be sent.', schema: Preview },
      201: { description: 'The bill.', schema: PostalBill },
      202: NOT_KNOWN,
    },
    problems: [...FROM_PROVIDER, ...WITH_KEY],
    operation: operationOf('postal_bills.create'),
    handle: ({ params: { order_id }, body, query }, call) =>
      query.preview === 'true'
        ? previewPostalBill(services, call, order_id, body)
        : createPostalBill(services, call, order_id, body),
  })

  endpoint(app, {
    method: 'GET',
    path: '/v1/orders/{order_id}/postal-bills',
    operationId: 'listPostalBills',
    tag,
    summary: 'List the bills that came by post for an order',
    description: 'Read at the provider, in its order.',
    takes: { params: OrderParams, query: ListQuery },
    answers: { 200: { description: 'A page of bills.', schema: PostalBills } },
    problems: FROM_PROVIDER,
    operation: operationOf('postal_bills.list'),
    handle: async ({ params, query }, call) =>
      respond(PostalBills, await listPostalBills(services, call, params.order_id, query)),
  })
}
