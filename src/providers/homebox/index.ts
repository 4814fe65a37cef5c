import { z } from 'zod'
import { homeboxAddresses } from '#providers/homebox/addresses'
import type { HomeboxClient } from '#providers/homebox/client'
import { createHomeboxClient, HomeboxCredentials } from '#providers/homebox/client'
import { homeboxQuotes } from '#providers/homebox/quotes'
import { readHomeboxRefusal } from '#providers/homebox/refusal'
import type { Provider } from '#providers/port/index'

export const homebox = {
  id: 'homebox',
  name: 'Homebox',
  products: ['tenant_package', 'partner_package', 'custom_package'],
  baseUrl: {
    test: 'https://sandbox.billingbetter.co.uk',
    live: 'https://accounts.billingbetter.co.uk',
  },
  credentials: HomeboxCredentials,
  limits: { test: { window: null, concurrent: 10 }, live: { window: null, concurrent: 10 } },
  reconcile: {},
  sideEffects: {},
  connect: createHomeboxClient,
  readRefusal: readHomeboxRefusal,
  verify: async client => {
    await client.get({ path: '/api/partner/account' }, z.object({ data: z.object({}) }))
  },
  operations: { ...homeboxAddresses, ...homeboxQuotes },
} as const satisfies Provider<HomeboxClient, typeof HomeboxCredentials>
