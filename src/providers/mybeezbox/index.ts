import { mybeezboxAuth } from '#providers/mybeezbox/auth'
import { mybeezboxCategories } from '#providers/mybeezbox/categories'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { createMybeezboxClient, MybeezboxCredentials } from '#providers/mybeezbox/client'
import { mybeezboxGiftcards } from '#providers/mybeezbox/giftcards'
import { mybeezboxMedia } from '#providers/mybeezbox/media'
import { mybeezboxNetworkVouchers } from '#providers/mybeezbox/network-vouchers'
import type { OperationTable } from '#providers/mybeezbox/operation-table'
import { mybeezboxOptions } from '#providers/mybeezbox/options'
import { mybeezboxPrototypes } from '#providers/mybeezbox/prototypes'
import { readMybeezboxRefusal } from '#providers/mybeezbox/refusal'
import { mybeezboxVouchers } from '#providers/mybeezbox/vouchers'
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
      'categories.create': 'by_person',
      'media.create': 'by_person',
      'options.create': 'by_person',
      'prototypes.create': 'by_person',
    },
    sideEffects: {},
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
      ...mybeezboxNetworkVouchers,
    },
  } as const satisfies Provider<MybeezboxClient, typeof MybeezboxCredentials>
}
