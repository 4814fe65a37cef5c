import type { JournaledResources } from '#journal/journaled'
import { operationJournaled } from '#resources/provider-objects/journaled'
import { branchJournaled } from '#resources/branches/journaled'
import { leadJournaled } from '#resources/leads/journaled'
import { inviteJournaled } from '#resources/orders/invites/journaled'
import { orderJournaled } from '#resources/orders/journaled'
import { tenantJournaled } from '#resources/orders/tenants/journaled'
import { propertyJournaled } from '#resources/properties/journaled'
import { connectionJournaled } from '#resources/providers/account/journaled'
import { tenancyJournaled } from '#resources/properties/tenancies/journaled'
import { voidJournaled } from '#resources/voids/journaled'

/** The kinds of resource that unsafe operations are done for. */
export const journaledResources: JournaledResources = {
  branch: branchJournaled,
  connection: connectionJournaled,
  invite: inviteJournaled,
  lead: leadJournaled,
  operation: operationJournaled,
  order: orderJournaled,
  property: propertyJournaled,
  tenancy: tenancyJournaled,
  tenant: tenantJournaled,
  void: voidJournaled,
}
