import type { HomeboxContext, MandateStatus } from '#simulators/homebox/state'

/** What happens at the provider without the client's doing. Unknown ids throw RangeError. */
export interface HomeboxHappenings {
  /** The invited person signs up: gone from the invites, one of the bill payers now. Answers the bill payer's id. */
  signUp(inviteId: number, email: string): number
  setMandate(tenantId: number, status: MandateStatus): void
  /** The provider's own word for an order, such as `Cancelled`. */
  setOrderStatus(orderId: number, status: { id: number; text: string }): void
}

export function createHappenings({ store }: HomeboxContext): HomeboxHappenings {
  const orders = () => Object.values(store.state.orders)
  return {
    signUp: (inviteId, email) => {
      const order = orders().find(({ invites }) => invites.some(({ id }) => id === inviteId))
      const invite = order?.invites.find(({ id }) => id === inviteId)
      if (!order || !invite) throw new RangeError('no such invite')
      const { id: _, ...person } = invite
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
      store.save()
      return tenant.id
    },
    setMandate: (tenantId, status) => {
      const tenant = orders()
        .flatMap(({ tenants }) => tenants)
        .find(({ id }) => id === tenantId)
      if (!tenant) throw new RangeError('no such tenant')
      tenant.mandate.status = status
      store.save()
    },
    setOrderStatus: (orderId, status) => {
      const order = orders().find(({ id }) => id === orderId)
      if (!order) throw new RangeError('no such order')
      order.status = status
      store.save()
    },
  }
}
