import type { JournaledResources } from '#journal/journaled'
import { leadJournaled } from '#resources/leads/journaled'
import { orderJournaled } from '#resources/orders/journaled'

/** The kinds of resource that unsafe operations are done for. */
export const journaledResources: JournaledResources = {
  lead: leadJournaled,
  order: orderJournaled,
}
