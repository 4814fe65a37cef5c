import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxDate } from '#providers/homebox/dates'
import { dataList, dataObject, HomeboxId } from '#providers/homebox/dialect'
import { ListMeta, toPage } from '#providers/homebox/incoming'
import { serviceTypeOf } from '#providers/homebox/service-types'
import type { Implements } from '#providers/port/index'
import type { ProviderPostalBill } from '#providers/port/postal-bills'
import { withoutNulls } from '#providers/port/sendable'

const AnsweredBill = z.object({
  id: HomeboxId,
  name: OptionalText,
  source: OptionalText,
  notes: OptionalText,
  feedback: OptionalText,
  state: OptionalText,
  type: OptionalText,
  created_at: orNull(HomeboxDate),
})
const PostalBillAnswer = z.object({ data: dataObject(AnsweredBill) })
const PostalBillsAnswer = z.object({ data: dataList(z.array(AnsweredBill)), meta: ListMeta })

const POSTAL_BILLS = '/api/partner/order/{order_id}/postal-bills'

/** Chapter "Postal Bills": a new one is answered in a list. */
export const homeboxPostalBills = {
  'postal_bills.create': async (client, { order_id, notes, file }) => {
    const form = { fields: withoutNulls({ tenant_notes: notes }), files: { file } }
    const { data } = await client.upload({ path: POSTAL_BILLS, params: { order_id } }, form, PostalBillAnswer)
    return fromHomeboxPostalBill(data)
  },
  'postal_bills.list': async (client, { order_id, page }) => {
    const target = { path: POSTAL_BILLS, params: { order_id }, query: { page: String(page) } }
    const { data, meta } = await client.get(target, PostalBillsAnswer)
    return toPage(data.map(fromHomeboxPostalBill), meta)
  },
} satisfies Implements<HomeboxClient>

/** Until somebody has looked at it, its type is a dash. */
const NO_TYPE = '-'

function fromHomeboxPostalBill(bill: z.output<typeof AnsweredBill>): ProviderPostalBill {
  const { id, name, source, notes, feedback, state, type } = bill
  return {
    id,
    name,
    url: source,
    notes,
    feedback,
    state: state === 'Requires Action' ? 'requires_action' : 'other',
    provider_state: state,
    type: type === null || type === NO_TYPE ? null : serviceTypeOf(type),
    created_on: bill.created_at,
  }
}
