import { mybeezboxAuth } from '#providers/mybeezbox/auth'
import { mybeezboxCategories } from '#providers/mybeezbox/categories'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { createMybeezboxClient, MybeezboxCredentials } from '#providers/mybeezbox/client'
import { mybeezboxGiftcards } from '#providers/mybeezbox/giftcards'
import { mybeezboxInvoices } from '#providers/mybeezbox/invoices'
import { mybeezboxKyc } from '#providers/mybeezbox/kyc'
import { mybeezboxMedia } from '#providers/mybeezbox/media'
import { mybeezboxNetworkGiftcards } from '#providers/mybeezbox/network-giftcards'
import { mybeezboxNetworkPartners } from '#providers/mybeezbox/network-partners'
import { mybeezboxNetworkVouchers } from '#providers/mybeezbox/network-vouchers'
import type { OperationTable } from '#providers/mybeezbox/operation-table'
import { mybeezboxOptions } from '#providers/mybeezbox/options'
import { mybeezboxPaymentRequests } from '#providers/mybeezbox/payment-requests'
import { mybeezboxPaymentWrites } from '#providers/mybeezbox/payment-writes'
import { mybeezboxPartners } from '#providers/mybeezbox/partners'
import { mybeezboxPayments } from '#providers/mybeezbox/payments'
import { mybeezboxPayoutRequests } from '#providers/mybeezbox/payout-requests'
import { mybeezboxPrototypes } from '#providers/mybeezbox/prototypes'
import { readMybeezboxRefusal } from '#providers/mybeezbox/refusal'
import { mybeezboxVouchers } from '#providers/mybeezbox/vouchers'
import { mybeezboxWallets } from '#providers/mybeezbox/wallets'
import type { Provider } from '#providers/port/index'

/** `table` says at which paths its operations are asked for. */
export function createMybeezbox(table: OperationTable) {
  return {
    id: 'mybeezbox',
    name: 'MyBeezBox',
    products: [],
    baseUrl: {},
    credentials: MybeezboxCredentials,
    limits: { test: { window: null, concurrent: 10 }, live: { window: null, concurrent: 10 } },
    reconcile: {
      'carts.create': 'by_person',
      'categories.create': 'by_person',
      'kyc.pushDocument': 'by_person',
      'media.create': 'by_person',
      'networkGiftcards.cancelUsage': 'by_person',
      'networkGiftcards.create': 'by_person',
      'networkGiftcards.use': 'by_reference',
      'networkGiftcards.useWithPartnerId': 'by_reference',
      'networkPartners.create': 'by_person',
      'options.create': 'by_person',
      'partners.create': 'by_scan',
      'paymentRequests.create': 'by_reference',
      'payments.create': 'by_scan',
      'payments.refund': 'by_scan',
      'payoutRequests.cancel': 'by_reference',
      'payoutRequests.validate': 'by_reference',
      'prototypes.create': 'by_person',
    },
    sideEffects: {
      'networkGiftcards.cancelUsage': ['the value goes back to the gift card'],
      'networkGiftcards.use': ['takes the value off the gift card', 'may e-mail the giftee'],
      'networkGiftcards.useWithPartnerId': ['takes the value off the gift card', 'may e-mail the giftee'],
      'paymentRequests.create': ['may ask the customer to pay'],
      'payments.create': ['may take money from the customer', 'may take money from the wallet that it names'],
      'payments.refund': ['gives money back to the customer', 'takes it from the partner'],
      'payoutRequests.cancel': ['the partner is not paid what was requested'],
      'payoutRequests.validate': ['pays the partner what was requested'],
    },
    // Its other customers are nobody of an order.
    discloses: {
      'paymentRequests.create': { fields: ['first_name', 'last_name', 'email'], firstOnly: true },
    },
    connect: (credentials, upstream, mode) => createMybeezboxClient(table, credentials, upstream, mode),
    readRefusal: readMybeezboxRefusal,
    verify: async client => {
      await client.authenticate()
    },
    operations: {
      ...mybeezboxAuth,
      ...mybeezboxMedia,
      ...mybeezboxGiftcards,
      ...mybeezboxVouchers,
      ...mybeezboxPrototypes,
      ...mybeezboxOptions,
      ...mybeezboxCategories,
      ...mybeezboxNetworkGiftcards,
      ...mybeezboxNetworkVouchers,
      ...mybeezboxPartners,
      ...mybeezboxNetworkPartners,
      ...mybeezboxKyc,
      ...mybeezboxWallets,
      ...mybeezboxPayments,
      ...mybeezboxPaymentWrites,
      ...mybeezboxPaymentRequests,
      ...mybeezboxPayoutRequests,
      ...mybeezboxInvoices,
    },
  } as const satisfies Provider<MybeezboxClient, typeof MybeezboxCredentials>
}
