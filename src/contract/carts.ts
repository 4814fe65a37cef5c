import { z } from 'zod'
import { GivenBack } from '#contract/passed-on'
import { createdObject } from '#contract/provider-objects'
import { absentable, Metadata } from '#contract/vocabulary'

export const CartRequest = z
  .strictObject({
    partner_uuid: z.uuid().meta({ examples: ['baf5a0f2-4b5b-422d-9a1b-2fc636e89b45'] }),
    data: z
      .record(z.string().max(191), z.unknown())
      .meta({ description: 'What is in the cart, in the fields that MyBeezBox knows; passed on as it is.' }),
    metadata: absentable(Metadata),
  })
  .meta({
    id: 'CartRequest',
    examples: [
      {
        partner_uuid: 'baf5a0f2-4b5b-422d-9a1b-2fc636e89b45',
        data: { products: [{ id: 1, quantity: 2 }] },
      },
    ],
  })

export const Cart = createdObject('cart', {
  partner_uuid: z.string().nullable(),
  data: GivenBack,
}).meta({ id: 'Cart', description: 'Several products that are bought at once.' })
