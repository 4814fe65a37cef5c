import type { OneUtilityBillClient } from '#providers/one-utility-bill/client'
import { createOneUtilityBillClient, OneUtilityBillCredentials } from '#providers/one-utility-bill/client'
import { oneUtilityBillLeads } from '#providers/one-utility-bill/leads'
import { oneUtilityBillQuotes } from '#providers/one-utility-bill/quotes'
import { readOneUtilityBillRefusal } from '#providers/one-utility-bill/refusal'
import type { Provider } from '#providers/port/index'

export const oneUtilityBill = {
  id: 'one_utility_bill',
  name: 'One Utility Bill',
  products: ['bills_package'],
  baseUrl: {
    test: 'https://partnerships-sandbox.oneutilitybill.co',
    live: 'https://partnerships-api.oneutilitybill.co',
  },
  credentials: OneUtilityBillCredentials,
  limits: {
    test: { window: { requests: 25, ms: 10_000 }, concurrent: 10 },
    live: { window: { requests: 50, ms: 10_000 }, concurrent: 10 },
  },
  tenantsPerLead: 1,
  reconcile: { 'leads.create': 'by_person' },
  findOut: {
    'leads.create':
      "One Utility Bill shows a lead under its own id only: ask One Utility Bill for a lead with this contact's e-mail address, or with the enquiry_id where one was sent.",
  },
  sideEffects: { 'leads.create': ['hands the tenant over to One Utility Bill, who get in touch'] },
  discloses: {
    'leads.create': { fields: ['first_name', 'last_name', 'email', 'phone', 'country_code'] },
  },
  connect: createOneUtilityBillClient,
  readRefusal: readOneUtilityBillRefusal,
  verify: async client => {
    await client.authenticate()
  },
  operations: { ...oneUtilityBillQuotes, ...oneUtilityBillLeads },
} as const satisfies Provider<OneUtilityBillClient, typeof OneUtilityBillCredentials>
