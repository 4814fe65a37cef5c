import type { Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { microTimestamp } from '#simulators/homebox/dialect'
import { billsOf, type OrderBill } from '#simulators/homebox/order-bills'
import { orderOf } from '#simulators/homebox/orders'
import type { HomeboxContext, Order } from '#simulators/homebox/state'
import { raggedDecimal, share } from '#simulators/uk/pence'
import { plainDateOf } from '#values/dates'

const ONE_MONTH_MS = 30 * 24 * 3_600_000

/** A line has to be installed; nothing else has. */
function billJson(order: Order, { id, plan, group, provider, pence }: OrderBill) {
  const isLine = /broadband|internet/i.test(group)
  return {
    id,
    name: plan,
    title: group,
    provider,
    logo_path: null,
    date_setup: isLine ? plainDateOf(new Date(order.created_at)) : null,
    state: isLine ? 'Install Date Booked' : 'No status',
    price_per_housemate: raggedDecimal(share(pence, order.housemates)),
    installation_date: isLine ? order.tenancy_start : null,
  }
}

/** The same day so many months later; the month's last day where it has no such day. */
function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return plainDateOf(new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))))
}

/** The first of the tenancy's monthly days that is not over; null once the tenancy is. */
function nextPaymentDate({ tenancy_start, tenancy_end }: Order, now: Date): string | null {
  const today = plainDateOf(now)
  let date = tenancy_start
  for (let months = 1; date < today; months += 1) date = monthsAfter(tenancy_start, months)
  return date <= tenancy_end ? date : null
}

function listBills(context: HomeboxContext): Endpoint {
  return {
    operation: 'bills.list',
    method: 'GET',
    path: '/api/partner/order/:order_id/bill',
    effect: 'none',
    renamed: ['total_price', 'total'],
    accept: call => {
      const order = orderOf(context, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => {
          const { bills, serviceCharge, total, perBillPayer } = billsOf(order)
          const body = {
            data: bills.map(bill => billJson(order, bill)),
            service_charge: raggedDecimal(serviceCharge),
            service_charge_per_housemate: raggedDecimal(share(serviceCharge, order.housemates)),
            total_price: raggedDecimal(total),
            total_per_bill_payer: raggedDecimal(perBillPayer),
            next_payment_date: nextPaymentDate(order, context.clock()),
          }
          return { status: 200, body }
        },
      }
    },
  }
}

/** Each supplier is paid once, a month into the tenancy. */
function payoutJson(order: Order, bill: OrderBill, now: Date) {
  const due = new Date(Date.parse(`${order.tenancy_start}T00:00:00Z`) + ONE_MONTH_MS)
  const isPaid = due <= now
  return {
    id: order.id * 1_000 + bill.id,
    status: isPaid ? 'Success' : 'Pending',
    bill: bill.plan,
    provider: bill.provider,
    group: bill.group,
    created_at: microTimestamp(new Date(order.created_at)),
    paid_at: isPaid ? microTimestamp(due) : null,
  }
}

function listPayouts(context: HomeboxContext): Endpoint {
  return {
    operation: 'payouts.list',
    method: 'GET',
    path: '/api/partner/order/:order_id/supplier',
    effect: 'none',
    renamed: ['id', 'number'],
    accept: call => {
      const order = orderOf(context, call)
      const now = context.clock()
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({
          status: 200,
          body: { data: billsOf(order).bills.map(bill => payoutJson(order, bill, now)) },
        }),
      }
    },
  }
}

export function billEndpoints(context: HomeboxContext): Endpoint[] {
  return [listBills(context), listPayouts(context)]
}
