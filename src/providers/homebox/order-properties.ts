import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxDate } from '#providers/homebox/dates'
import { dataObject } from '#providers/homebox/dialect'
import { AnsweredAddress } from '#providers/homebox/incoming'
import { orderStateOf } from '#providers/homebox/order-rows'
import type { Implements } from '#providers/port/index'

const PropertyAnswer = z.object({
  data: dataObject(
    z.object({
      housemates: orNull(z.int().min(0)),
      tenancy_start: orNull(HomeboxDate),
      tenancy_end: orNull(HomeboxDate),
      move_in_date: orNull(HomeboxDate),
      status: z.object({ id: orNull(z.int()), text: OptionalText }),
      address: orNull(AnsweredAddress),
    }),
  ),
})

/** Chapter "Get Property Details"; its status is the order's. */
export const homeboxOrderProperties = {
  'orders.property': async (client, params) => {
    const path = '/api/partner/order/{order_id}/property'
    const { data } = await client.get({ path, params }, PropertyAnswer)
    return {
      occupants: data.housemates,
      tenancy: { start_date: data.tenancy_start, end_date: data.tenancy_end },
      move_in_date: data.move_in_date,
      status: orderStateOf(data.status.id, data.status.text) ?? 'other',
      provider_status: data.status.text,
      address: data.address,
    }
  },
} satisfies Implements<HomeboxClient>
