import type { Endpoint } from '#simulators/core/endpoint'
import type { Store } from '#simulators/core/store'
import { openRows, reads, rowAt, type Rows } from '#simulators/mybeezbox/records'

/** The wallet that the payments of the document's samples take money from. */
const TRANSFER = {
  id: 1,
  wallet_uuid: 'a1b2c3d4-e5f6-4789-9012-34567890abcd',
  amount: 100,
  creation_date: '2022-06-16 12:00:0.000000+00:00',
}

/** Every partner has a wallet, with 100 euros in it. */
export function walletEndpoints(store: Store, partners: Rows): Endpoint[] {
  const transfers = openRows(store, 'wallets', [TRANSFER], 'wallet_uuid')
  return [
    reads({
      operation: 'wallets.balance',
      path: '/wallets/:partner_uuid/balance/',
      find: call => {
        rowAt(partners, call, 'partner_uuid')
        return { amount: 100 }
      },
    }),
    reads({
      operation: 'wallets.transfers',
      path: '/wallets/:uuid/transfers/',
      find: call => [rowAt(transfers, call, 'uuid')],
    }),
  ]
}
