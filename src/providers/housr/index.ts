import type { HousrClient } from '#providers/housr/client'
import { createHousrClient, HousrCredentials } from '#providers/housr/client'
import { housrOrders } from '#providers/housr/orders'
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
  reconcile: { 'orders.create': 'by_person' },
  findOut: {
    'orders.create':
      "Housr shows no contracts: ask Housr whether there is one for the first tenant's e-mail address, and for its id.",
  },
  sideEffects: {
    'orders.create': [
      'makes a Housr user for the tenant when there is none',
      'e-mails the tenant a confirmation',
    ],
  },
  discloses: {
    'orders.create': {
      fields: ['first_name', 'last_name', 'email', 'phone', 'date_of_birth'],
      firstOnly: true,
    },
  },
  connect: createHousrClient,
  readRefusal: readHousrRefusal,
  verify: null,
  operations: housrOrders,
} as const satisfies Provider<HousrClient, typeof HousrCredentials>
