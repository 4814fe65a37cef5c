import type { JournaledResources } from '#journal/journaled'
import { leadJournaled } from '#resources/leads/journaled'
import { inviteJournaled } from '#resources/orders/invites/journaled'
import { orderJournaled } from '#resources/orders/journaled'
import { tenantJournaled } from '#resources/orders/tenants/journaled'

/** The kinds of resource that unsafe operations are done for. */
export const journaledResources: JournaledResources = {
  invite: inviteJournaled,
  lead: leadJournaled,
  order: orderJournaled,
  tenant: tenantJournaled,
}
