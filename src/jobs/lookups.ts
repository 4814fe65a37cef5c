import type { Lookups } from '#journal/lookup'
import { lookForReplacement } from '#resources/orders/payments/look-for-replacement'
import { lookForLead } from '#resources/leads/look-for-lead'
import { lookForOrder } from '#resources/orders/look-for-order'
import { lookForUse, lookForUseWithPartnerId } from '#resources/network-gift-cards/look-for-usage'
import {
  lookForChange,
  lookForInvite,
  lookForRemoval,
  lookForTenant,
} from '#resources/orders/tenants/look-for-people'

/**
 * How a lost outcome is found out, by operation. It is used where the provider's adapter declares `by_reference` or
 * `by_scan` for the operation; a lookup knows the operation, the adapter knows the provider.
 */
export const lookups: Lookups = {
  'payments.replace': lookForReplacement,
  'invites.create': lookForInvite,
  'leads.create': lookForLead,
  'orders.create': lookForOrder,
  'tenants.create': lookForTenant,
  'tenants.delete': lookForRemoval,
  'tenants.update': lookForChange,
}
  'networkGiftcards.use': lookForUse,
  'networkGiftcards.useWithPartnerId': lookForUseWithPartnerId,
