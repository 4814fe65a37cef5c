import type { z } from 'zod'
import { Cart, type CartRequest } from '#contract/carts'
import type { PreviewQuery } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { performOrPreview } from '#resources/provider-objects/perform-once'
import { madeNow } from '#resources/provider-objects/show'
import type { Services } from '#services'

const CART = 'cart'

/** Makes a cart: written down first, sent once. */
export function createCart(
  services: Services,
  call: Call,
  { metadata, ...input }: z.output<typeof CartRequest>,
  query: z.output<typeof PreviewQuery>,
): Promise<Answer> {
  return performOrPreview(services, call, query, {
    operation: 'carts.create',
    input,
    about: { kind: CART, metadata },
    done: cart => respond(Cart, madeNow(call, CART, cart, metadata), { status: 201 }),
  })
}
