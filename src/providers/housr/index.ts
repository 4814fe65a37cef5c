import type { HousrClient } from '#providers/housr/client'
import { createHousrClient, HousrCredentials } from '#providers/housr/client'
import { readHousrRefusal } from '#providers/housr/refusal'
import type { Provider } from '#providers/port/index'

/** One endpoint only, and no address of its own in its document: the base URL is always configured. */
export const housr = {
  id: 'housr',
  name: 'Housr',
  products: ['bills_package'],
  baseUrl: {},
  credentials: HousrCredentials,
  limits: { test: { window: null, concurrent: 10 }, live: { window: null, concurrent: 10 } },
  reconcile: {},
  sideEffects: {},
  connect: createHousrClient,
  readRefusal: readHousrRefusal,
  verify: null,
  operations: {},
} as const satisfies Provider<HousrClient, typeof HousrCredentials>
