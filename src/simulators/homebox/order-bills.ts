import { packagesAt } from '#simulators/homebox/catalogue'
import { utilitiesAt } from '#simulators/homebox/partner-catalogue'
import { partnerServiceCharge } from '#simulators/homebox/price-tables'
import type { Order } from '#simulators/homebox/state'
import { share } from '#simulators/uk/pence'
import { type Place, placeOf } from '#simulators/uk/place'
import { parsePostcode } from '#values/postcode'

const SERVICE_CHARGE = 'Service Charge'

/** A chosen bill of an order; pence per month for the whole house. */
export interface OrderBill {
  readonly id: number
  readonly plan: string
  readonly group: string
  readonly provider: string
  readonly pence: number
}

export interface OrderBills {
  readonly bills: readonly OrderBill[]
  readonly serviceCharge: number
  readonly total: number
  readonly perBillPayer: number
}

function placeOfOrder(order: Order): Place {
  const postcode = parsePostcode(order.property.postcode)
  if (!postcode) throw new RangeError('an order of nowhere')
  return placeOf(postcode)
}

function chosenByTenants(order: Order): { bills: OrderBill[]; serviceCharge: number } {
  const found = packagesAt(placeOfOrder(order), false).find(({ id }) => id === order.package_id)
  const chosen = [
    ...(found?.bills ?? []),
    ...(found?.addOns ?? []).filter(({ id }) => order.add_ons.includes(id)),
  ]
  const priced = chosen.map(({ id, name, description, provider, totals }) => {
    const pence = Math.round(((totals[order.housemates - 1] ?? 0) * order.percent) / 100)
    return { id, plan: description, group: name, provider, pence }
  })
  const charge = priced.find(({ group }) => group === SERVICE_CHARGE)
  return { bills: priced.filter(bill => bill !== charge), serviceCharge: charge?.pence ?? 0 }
}

function chosenByPartner(order: Order): { bills: OrderBill[]; serviceCharge: number } {
  const utilities = utilitiesAt(placeOfOrder(order), false)
  const bills = utilities.flatMap(utility =>
    utility.bills
      .filter(({ id }) => order.bill_ids.includes(id))
      .map(({ id, name, provider, totals }) => ({
        id,
        plan: name,
        group: utility.name,
        provider,
        pence: totals[order.housemates - 1] ?? 0,
      })),
  )
  return { bills, serviceCharge: partnerServiceCharge }
}

/** What an order costs per month, bill by bill. Chapter "Calculating Prices". */
export function billsOf(order: Order): OrderBills {
  const { bills, serviceCharge } = order.kind === 'tenant' ? chosenByTenants(order) : chosenByPartner(order)
  const total = bills.reduce((sum, { pence }) => sum + pence, serviceCharge)
  return { bills, serviceCharge, total, perBillPayer: share(total, order.bill_payers) }
}
