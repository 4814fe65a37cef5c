import { z } from 'zod'
import type { Bill } from '#contract/bills'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { HomeboxClient } from '#providers/homebox/client'
import { HomeboxDate } from '#providers/homebox/dates'
import { dataList, HomeboxId, Pounds } from '#providers/homebox/dialect'
import { serviceTypeOf } from '#providers/homebox/service-types'
import type { Implements } from '#providers/port/index'
import type { Told } from '#providers/port/provider-objects'

const AnsweredBill = z.object({
  id: HomeboxId,
  name: OptionalText,
  title: OptionalText,
  provider: OptionalText,
  logo_path: OptionalText,
  date_setup: orNull(HomeboxDate),
  state: OptionalText,
  price_per_housemate: Pounds,
  installation_date: orNull(HomeboxDate),
})
const BillsAnswer = z.object({
  data: dataList(z.array(AnsweredBill)),
  service_charge: orNull(Pounds),
  service_charge_per_housemate: orNull(Pounds),
  total_price: Pounds,
  total_per_bill_payer: orNull(Pounds),
  next_payment_date: orNull(HomeboxDate),
})

/** Chapter "List Bills", whose totals stand beside `data`. */
export const homeboxBills = {
  'orders.bills': async (client, params) => {
    const path = '/api/partner/order/{order_id}/bill'
    const answer = await client.get({ path, params }, BillsAnswer)
    return {
      bills: answer.data.map(fromHomeboxBill),
      service_charge: answer.service_charge,
      service_charge_per_person: answer.service_charge_per_housemate,
      total: answer.total_price,
      total_per_bill_payer: answer.total_per_bill_payer,
      next_payment_on: answer.next_payment_date,
    }
  },
} satisfies Implements<HomeboxClient>

const STATES: ReadonlyMap<string, Bill['state']> = new Map([
  ['No status', 'no_status'],
  ['Install Date Booked', 'install_date_booked'],
])

function fromHomeboxBill(bill: z.output<typeof AnsweredBill>): Told<Bill> {
  const { id, name, title, provider, state } = bill
  return {
    id,
    type: serviceTypeOf(name, title),
    name: name ?? title,
    supplier: provider,
    state: STATES.get(state ?? '') ?? 'other',
    provider_state: state,
    set_up_on: bill.date_setup,
    installation_on: bill.installation_date,
    price_per_person_per_month: bill.price_per_housemate,
    logo_url: bill.logo_path,
  }
}
