import { z } from 'zod'
import type { Call, Endpoint } from '#simulators/core/endpoint'
import { byEmail, byName, byPostcode } from '#simulators/core/magic'
import { WholeAddress } from '#simulators/homebox/address-fields'
import { idIn, notFound, read } from '#simulators/homebox/dialect'
import { mandateStatusFor } from '#simulators/homebox/mandate-accounts'
import { orderOf } from '#simulators/homebox/orders'
import { addFirstPayment } from '#simulators/homebox/payments'
import { AccountNumber, Payer, SortCode } from '#simulators/homebox/person-fields'
import type { HomeboxContext, Order, Tenant } from '#simulators/homebox/state'

const NewPayer = Payer.extend({
  account_name: z.string().min(1),
  account_number: AccountNumber,
  sort_code: SortCode,
  billing_address: WholeAddress,
})
const ChangedPayer = Payer.partial()

/** `15/01/1996` */
function tenantJson({ mandate: _, ...tenant }: Tenant) {
  return { ...tenant, birthday: tenant.birthday.split('-').reverse().join('/') }
}

/** The bill payer that a path names. Throws Refusal. */
export function tenantOf(order: Order, call: Call): Tenant {
  const id = Number(idIn(call.params, 'tenant_id'))
  const tenant = order.tenants.find(known => known.id === id)
  if (!tenant) throw notFound()
  return tenant
}

/** Answers one sentence in a list and no id. Adds whoever is sent: the document knows no check for doubles. */
function addTenant(context: HomeboxContext): Endpoint {
  return {
    operation: 'tenants.create',
    method: 'POST',
    path: '/api/partner/order/:order_id/tenant',
    effect: 'kept',
    renamed: ['data', 'result'],
    accept: call => {
      const order = orderOf(context, call)
      const {
        account_name,
        account_number,
        sort_code: _,
        billing_address: __,
        ...payer
      } = read(NewPayer, call.body)
      const mandate = { name: account_name, status: mandateStatusFor(account_number) ?? 'active' }
      return {
        triggers: [byEmail(payer.email), byName(payer.last_name)],
        apply: () => {
          const tenant = { id: context.store.nextId(), ...payer, mandate }
          order.tenants.push(tenant)
          addFirstPayment(context, order, tenant)
          context.orders.put(order.id, order)
          return { status: 200, body: { data: [`Tenant was successfully added to order ${order.id}`] } }
        },
      }
    },
  }
}

function listTenants(context: HomeboxContext): Endpoint {
  return {
    operation: 'tenants.list',
    method: 'GET',
    path: '/api/partner/order/:order_id/tenant',
    effect: 'none',
    renamed: ['email', 'email_address'],
    accept: call => {
      const order = orderOf(context, call)
      return {
        triggers: [byPostcode('read', order.property.postcode)],
        apply: () => ({ status: 200, body: { data: order.tenants.map(tenantJson) } }),
      }
    },
  }
}

function updateTenant(context: HomeboxContext): Endpoint {
  return {
    operation: 'tenants.update',
    method: 'PATCH',
    path: '/api/partner/order/:order_id/tenant/:tenant_id',
    effect: 'kept',
    renamed: ['email', 'email_address'],
    accept: call => {
      const order = orderOf(context, call)
      const tenant = tenantOf(order, call)
      const changes = read(ChangedPayer, call.body)
      return {
        triggers: [byEmail(changes.email ?? ''), byName(changes.last_name ?? '')],
        apply: () => {
          Object.assign(tenant, changes)
          context.orders.put(order.id, order)
          return { status: 200, body: { data: tenantJson(tenant) } }
        },
      }
    },
  }
}

function deleteTenant(context: HomeboxContext): Endpoint {
  return {
    operation: 'tenants.delete',
    method: 'DELETE',
    path: '/api/partner/order/:order_id/tenant/:tenant_id',
    effect: 'kept',
    renamed: ['message', 'text'],
    accept: call => {
      const order = orderOf(context, call)
      const { id } = tenantOf(order, call)
      return {
        triggers: [byPostcode('remove', order.property.postcode)],
        apply: () => {
          order.tenants = order.tenants.filter(tenant => tenant.id !== id)
          context.orders.put(order.id, order)
          return { status: 200, body: { message: 'Tenant has been removed' } }
        },
      }
    },
  }
}

export function tenantEndpoints(context: HomeboxContext): Endpoint[] {
  return [addTenant(context), listTenants(context), updateTenant(context), deleteTenant(context)]
}
