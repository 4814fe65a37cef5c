import { mybeezboxAuth } from '#providers/mybeezbox/auth'
import { mybeezboxCategories } from '#providers/mybeezbox/categories'
import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { createMybeezboxClient, MybeezboxCredentials } from '#providers/mybeezbox/client'
import { mybeezboxGiftcards } from '#providers/mybeezbox/giftcards'
import type { OperationTable } from '#providers/mybeezbox/operation-table'
import { readMybeezboxRefusal } from '#providers/mybeezbox/refusal'
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
    reconcile: { 'categories.create': 'by_person' },
    sideEffects: {},
    connect: (credentials, upstream, mode) => createMybeezboxClient(table, credentials, upstream, mode),
    readRefusal: readMybeezboxRefusal,
    verify: async client => {
      await client.authenticate()
    },
    operations: { ...mybeezboxAuth, ...mybeezboxGiftcards, ...mybeezboxCategories },
  } as const satisfies Provider<MybeezboxClient, typeof MybeezboxCredentials>
}
