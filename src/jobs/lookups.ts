import type { Lookups } from '#journal/lookup'
import { lookForBranchChange } from '#resources/branches/look-for-branch-change'
import { lookForReplacement } from '#resources/orders/payments/look-for-replacement'
import { lookForLead } from '#resources/leads/look-for-lead'
import { lookForUse, lookForUseWithPartnerId } from '#resources/network-gift-cards/look-for-usage'
import { lookForPaymentRequest } from '#resources/payment-requests/look-for-payment-request'
import { lookForPayment } from '#resources/payments/look-for-payment'
import { lookForRefund } from '#resources/payments/look-for-refund'
import { lookForCancellation, lookForValidation } from '#resources/payout-requests/look-for-decision'
import { lookForPartner } from '#resources/partners/look-for-partner'
import { lookForOrder } from '#resources/orders/look-for-order'
import {
  lookForChange,
  lookForInvite,
  lookForRemoval,
  lookForTenant,
} from '#resources/orders/tenants/look-for-people'
import { lookForTenancyChange } from '#resources/properties/tenancies/look-for-tenancy-change'
import { lookForAccountChange } from '#resources/providers/account/look-for-account-change'

/**
 * How a lost outcome is found out, by operation. It is used where the provider's adapter declares `by_reference` or
 * `by_scan` for the operation; a lookup knows the operation, the adapter knows the provider.
 */
export const lookups: Lookups = {
  'account.update': lookForAccountChange,
  'branches.update': lookForBranchChange,
  'payments.replace': lookForReplacement,
  'invites.create': lookForInvite,
  'leads.create': lookForLead,
  'networkGiftcards.use': lookForUse,
  'networkGiftcards.useWithPartnerId': lookForUseWithPartnerId,
  'orders.create': lookForOrder,
  'paymentRequests.create': lookForPaymentRequest,
  'payments.create': lookForPayment,
  'payments.refund': lookForRefund,
  'payoutRequests.cancel': lookForCancellation,
  'payoutRequests.validate': lookForValidation,
  'tenancies.update': lookForTenancyChange,
  'partners.create': lookForPartner,
  'tenants.create': lookForTenant,
  'tenants.delete': lookForRemoval,
  'tenants.update': lookForChange,
}
