import { z } from 'zod'
import { type Endpoint, Refusal } from '#simulators/core/endpoint'
import { byName, byPostcode } from '#simulators/core/magic'
import { read } from '#simulators/homebox/dialect'
import { mandateStatusFor } from '#simulators/homebox/mandate-accounts'
import { orderOf } from '#simulators/homebox/orders'
import { AccountNumber, SortCode } from '#simulators/homebox/person-fields'
import type { HomeboxContext, MandateStatus } from '#simulators/homebox/state'
import { tenantOf } from '#simulators/homebox/tenants'

/** Chapter "Update Tenant Mandate". */
const changeable: readonly MandateStatus[] = ['nomandate', 'rejected', 'cancelled']

const MandateBody = z.strictObject({
  account_name: z.string().min(2).max(18),
  account_number: AccountNumber,
  sort_code: SortCode,
})

const PATH = '/api/partner/order/:order_id/tenant/:tenant_id/mandate'

function getMandate(context: HomeboxContext): Endpoint {
  return {
    operation: 'mandates.get',
    method: 'GET',
    path: PATH,
    effect: 'none',
    renamed: ['status', 'state'],
    accept: call => {
      const order = orderOf(context, call)
      const { mandate } = tenantOf(order, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        // A copy: an answer that comes late tells how it was.
        apply: () => ({ status: 200, body: { data: { ...mandate } } }),
      }
    },
  }
}

function updateMandate(context: HomeboxContext): Endpoint {
  return {
    operation: 'mandates.update',
    method: 'PATCH',
    path: PATH,
    effect: 'kept',
    renamed: ['status', 'state'],
    accept: call => {
      const order = orderOf(context, call)
      const tenant = tenantOf(order, call)
      const { account_name, account_number } = read(MandateBody, call.body)
      if (!changeable.includes(tenant.mandate.status)) {
        const message = `The mandate cannot be updated while it is ${tenant.mandate.status}.`
        throw new Refusal({ status: 422, body: { message } })
      }
      return {
        triggers: [byName(account_name)],
        apply: () => {
          tenant.mandate = { name: account_name, status: mandateStatusFor(account_number) ?? 'pending' }
          context.orders.put(order.id, order)
          return { status: 200, body: { data: { name: account_name, status: 'pending' } } }
        },
      }
    },
  }
}

export function mandateEndpoints(context: HomeboxContext): Endpoint[] {
  return [getMandate(context), updateMandate(context)]
}
