import { z } from 'zod'
import type { Payout } from '#contract/payouts'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxTimestamp } from '#providers/homebox/dates'
import { dataList, HomeboxId } from '#providers/homebox/dialect'
import { serviceTypeOf } from '#providers/homebox/service-types'
import type { Implements } from '#providers/port/index'

const PayoutsAnswer = z.object({
  data: dataList(
    z.array(
      z.object({
        id: HomeboxId,
        status: OptionalText,
        bill: OptionalText,
        provider: OptionalText,
        group: OptionalText,
        created_at: orNull(HomeboxTimestamp),
        paid_at: orNull(HomeboxTimestamp),
      }),
    ),
  ),
})

/** The samples show these two. */
const STATUSES: ReadonlyMap<string, Payout['status']> = new Map([
  ['Pending', 'pending'],
  ['Success', 'succeeded'],
])

/** Chapter "List Payouts": the payments to suppliers. */
export const homeboxPayouts = {
  'orders.payouts': async (client, params) => {
    const path = '/api/partner/order/{order_id}/supplier'
    const { data } = await client.get({ path, params }, PayoutsAnswer)
    return data.map(({ status, provider, group, ...payout }) => ({
      ...payout,
      status: STATUSES.get(status ?? '') ?? 'other',
      provider_status: status,
      supplier: provider,
      type: serviceTypeOf(payout.bill, group),
    }))
  },
} satisfies Implements<HomeboxClient>
