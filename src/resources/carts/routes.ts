import type { FastifyInstance } from 'fastify'
import { Cart, CartRequest } from '#contract/carts'
import { PreviewQuery } from '#contract/vocabulary'
import { endpoint } from '#http/endpoint'
import { createCart } from '#resources/carts/create-cart'
import { ONCE, ONCE_ANSWERS, operationOf } from '#resources/provider-objects/documented'
import type { Services } from '#services'

export function cartRoutes(app: FastifyInstance, services: Services): void {
  endpoint(app, {
    method: 'POST',
    path: '/v1/carts',
    operationId: 'createCart',
    tag: 'Payments',
    summary: 'Create a cart of several products',
    description: 'Made at MyBeezBox once per key. It has no way to read one again.',
    takes: { body: CartRequest, query: PreviewQuery },
    answers: { ...ONCE_ANSWERS, 201: { description: 'The cart.', schema: Cart } },
    problems: ONCE,
    operation: operationOf('carts.create'),
    handle: ({ body, query }, call) => createCart(services, call, body, query),
  })
}
