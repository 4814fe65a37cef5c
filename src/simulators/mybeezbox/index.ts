import {
  createContext,
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '#simulators/core/simulator'
import { categoryEndpoints } from '#simulators/mybeezbox/categories'
import { mybeezboxDialect } from '#simulators/mybeezbox/dialect'
import { giftcardEndpoints } from '#simulators/mybeezbox/giftcards'
import { kycEndpoints } from '#simulators/mybeezbox/kyc'
import { mediaEndpoints, openMedia } from '#simulators/mybeezbox/media'
import { openOptions, optionEndpoints } from '#simulators/mybeezbox/options'
import { openPartners } from '#simulators/mybeezbox/partner-rows'
import { partnerEndpoints } from '#simulators/mybeezbox/partners'
import { walletEndpoints } from '#simulators/mybeezbox/wallets'
import { networkGiftcardEndpoints } from '#simulators/mybeezbox/network-giftcards'
import { networkVoucherEndpoints } from '#simulators/mybeezbox/network-vouchers'
import { invoiceEndpoints } from '#simulators/mybeezbox/invoices'
import { cartEndpoint, paymentRequestEndpoints } from '#simulators/mybeezbox/payment-requests'
import { paymentWriteEndpoints } from '#simulators/mybeezbox/payment-writes'
import { openPayments, openTransactions, paymentEndpoints } from '#simulators/mybeezbox/payments'
import { payoutRequestEndpoints } from '#simulators/mybeezbox/payout-requests'
import { permissionsEndpoint } from '#simulators/mybeezbox/permissions'
import { openPrototypes, prototypeEndpoints } from '#simulators/mybeezbox/prototypes'
import { createTokens, credentials } from '#simulators/mybeezbox/tokens'
import { voucherEndpoints } from '#simulators/mybeezbox/vouchers'

/** MyBeezBox's API on a loopback socket, at the paths that we infer. */
export async function startMybeezboxSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { store, clock } = createContext(options)
  const { gate, endpoint } = createTokens(store.nextId)
  const rows = { media: openMedia(store), options: openOptions(store), prototypes: openPrototypes(store) }
  const payments = openPayments(store)
  const transactions = openTransactions(store)
  const partners = openPartners(store)
  const endpoints = [
    endpoint,
    permissionsEndpoint(),
    ...mediaEndpoints(store, rows),
    ...giftcardEndpoints(store),
    ...voucherEndpoints(store),
    ...prototypeEndpoints(store, rows),
    ...optionEndpoints(store, rows.options),
    ...categoryEndpoints(store),
    ...networkGiftcardEndpoints(store),
    ...networkVoucherEndpoints(store),
    ...partnerEndpoints(store, partners),
    ...kycEndpoints(store, partners),
    ...walletEndpoints(store, partners),
    ...paymentEndpoints(payments, transactions),
    ...paymentWriteEndpoints(store, { payments, transactions }, clock),
    ...paymentRequestEndpoints(store, payments, clock),
    cartEndpoint(store),
    ...payoutRequestEndpoints(store, payments, clock),
    ...invoiceEndpoints(store, payments),
  ]
  const name = 'mybeezbox'
  return startSimulator(
    { name, credentials, store, clock, dialect: mybeezboxDialect, gate, endpoints },
    options.port,
  )
}
