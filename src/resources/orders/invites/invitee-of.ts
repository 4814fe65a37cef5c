import type { KnownInvite } from '#resources/orders/invites/store'
import type { KnownTenant } from '#resources/orders/tenants/store'

/** Who of an order is invited under this phone: somebody who is no bill payer yet and has no other invitation. */
export function inviteeOf(
  phone: string | null,
  tenants: readonly KnownTenant[],
  invites: readonly Pick<KnownInvite, 'tenantUuid' | 'deletedAt'>[],
): KnownTenant | undefined {
  const taken = new Set(invites.filter(invite => invite.deletedAt === null).map(invite => invite.tenantUuid))
  return tenants.find(
    ({ uuid, person, deletedAt, providerId }) =>
      phone !== null &&
      person.phone === phone &&
      deletedAt === null &&
      providerId === null &&
      !taken.has(uuid),
  )
}
