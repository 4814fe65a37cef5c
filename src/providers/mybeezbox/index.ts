import type { MybeezboxClient } from '#providers/mybeezbox/client'
import { createMybeezboxClient, MybeezboxCredentials } from '#providers/mybeezbox/client'
import { readMybeezboxRefusal } from '#providers/mybeezbox/refusal'
import type { Provider } from '#providers/port/index'

export const mybeezbox = {
  id: 'mybeezbox',
  name: 'MyBeezBox',
  products: [],
  baseUrl: {},
  credentials: MybeezboxCredentials,
  limits: { test: { window: null, concurrent: 10 }, live: { window: null, concurrent: 10 } },
  reconcile: {},
  sideEffects: {},
  connect: createMybeezboxClient,
  readRefusal: readMybeezboxRefusal,
  verify: null,
  operations: {},
} as const satisfies Provider<MybeezboxClient, typeof MybeezboxCredentials>
