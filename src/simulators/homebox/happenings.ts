import { addFirstPayment, settlePayment } from '#simulators/homebox/payments'
import type { HomeboxContext, MandateStatus, Order, PaymentStatus } from '#simulators/homebox/state'

/** What happens at the provider without the client's doing. Unknown ids throw RangeError. */
export interface HomeboxHappenings {
  /** The invited person signs up: gone from the invites, one of the bill payers now. Answers the bill payer's id. */
  signUp(inviteId: number, email: string): number
  setMandate(tenantId: number, status: MandateStatus): void
  /** The provider's own word for an order, such as `Cancelled`. */
  setOrderStatus(orderId: number, status: { id: number; text: string }): void
  /** The bank has its say about a payment. */
  setPayment(paymentId: number, status: PaymentStatus): void
  /** What the lead sets off is done. */
  completeLead(leadId: number): void
}

function oneOf<T extends { readonly id: number }>(things: readonly T[], id: number, kind: string): T {
  const found = things.find(thing => thing.id === id)
  if (found) return found
  throw new RangeError(`no such ${kind}`)
}

export function createHappenings(context: HomeboxContext): HomeboxHappenings {
  const { store, clock, orders, leads } = context
  const holding = (kind: 'invites' | 'tenants' | 'payments', id: number): Order => {
    const order = orders.all().find(candidate => candidate[kind].some(thing => thing.id === id))
    if (order) return order
    throw new RangeError(`no such one of the ${kind}`)
  }
  const keep = (order: Order) => {
    orders.put(order.id, order)
    store.save()
  }
  return {
    signUp: (inviteId, email) => {
      const order = holding('invites', inviteId)
      const { id: _, ...person } = oneOf(order.invites, inviteId, 'invite')
      const mandate = { name: `${person.first_name} ${person.last_name}`, status: 'active' as const }
      const tenant = {
        id: store.nextId(),
        ...person,
        email,
        birthday: '2004-01-15',
        nationality: 'GB',
        mandate,
      }
      order.invites = order.invites.filter(({ id }) => id !== inviteId)
      order.tenants.push(tenant)
      addFirstPayment(context, order, tenant)
      keep(order)
      return tenant.id
    },
    setMandate: (tenantId, status) => {
      const order = holding('tenants', tenantId)
      oneOf(order.tenants, tenantId, 'tenant').mandate.status = status
      keep(order)
    },
    setOrderStatus: (orderId, status) => {
      const order = oneOf(orders.all(), orderId, 'order')
      order.status = status
      keep(order)
    },
    setPayment: (paymentId, status) => {
      const order = holding('payments', paymentId)
      settlePayment(oneOf(order.payments, paymentId, 'payment'), status, clock())
      keep(order)
    },
    completeLead: leadId => {
      const lead = oneOf(leads.all(), leadId, 'lead')
      leads.put(lead.id, { ...lead, completed_at: clock().toISOString() })
      store.save()
    },
  }
}
