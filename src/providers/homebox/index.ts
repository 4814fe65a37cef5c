import { z } from 'zod'
import { homeboxAccount } from '#providers/homebox/account'
import { homeboxAddresses } from '#providers/homebox/addresses'
import { homeboxBills } from '#providers/homebox/bills'
import { homeboxBranches } from '#providers/homebox/branches'
import type { HomeboxClient } from '#providers/homebox/client'
import { createHomeboxClient, HomeboxCredentials } from '#providers/homebox/client'
import { homeboxInvites } from '#providers/homebox/invites'
import { homeboxLeads } from '#providers/homebox/leads'
import { homeboxMandates } from '#providers/homebox/mandates'
import { homeboxMeterReadings } from '#providers/homebox/meter-readings'
import { homeboxOrderProperties } from '#providers/homebox/order-properties'
import { homeboxOrders } from '#providers/homebox/orders'
import { homeboxProperties } from '#providers/homebox/properties'
import { homeboxPayments } from '#providers/homebox/payments'
import { homeboxPayouts } from '#providers/homebox/payouts'
import { homeboxPostalBills } from '#providers/homebox/postal-bills'
import { homeboxQuotes } from '#providers/homebox/quotes'
import { readHomeboxRefusal } from '#providers/homebox/refusal'
import { homeboxReports } from '#providers/homebox/reports'
import { homeboxTenancies } from '#providers/homebox/tenancies'
import { homeboxTenants } from '#providers/homebox/tenants'
import { homeboxVoids } from '#providers/homebox/voids'
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
  reconcile: {
    // Partner packages carry no reference: for those, by_scan.
    'orders.create': 'by_reference',
    'leads.create': 'by_scan',
    'tenants.create': 'by_scan',
    'tenants.update': 'by_scan',
    'tenants.delete': 'by_scan',
    'invites.create': 'by_scan',
    'invites.delete': 'by_person',
    'mandates.update': 'by_person',
    'payments.replace': 'by_scan',
    'meter_readings.create': 'by_person',
    'postal_bills.create': 'by_person',
    'properties.create': 'by_person',
    'tenancies.update': 'by_scan',
    'voids.create': 'by_person',
    'branches.create': 'by_person',
    'branches.update': 'by_scan',
    'account.update': 'by_scan',
  },
  findOut: {
    'properties.create':
      'List your properties by words of the address: one at this address is it; that it was there before does no harm.',
    'voids.create':
      'Read the property: the status void_period speaks for it, unless it had a void before. Ask Homebox for its id.',
    'branches.create': 'List your branches: one with this name and reference number is it.',
    'meter_readings.create':
      'List the readings of the order or property: one of this meter, figure and day may be it, unless it was told before.',
    'postal_bills.create':
      'List the postal bills of the order: one with these notes and of this day may be it, unless it was sent before.',
    'invites.delete':
      "List the order's invitations: one that Homebox does not list any more was withdrawn, unless it was followed and its person is a tenant now.",
    'mandates.update':
      'Read the mandate: a status that has changed speaks for it, but which account it draws on is not shown. Ask Homebox.',
  },
  sideEffects: {
    'leads.create': [
      'texts and e-mails each tenant when the tenancy starts within two weeks, and again after 72 hours',
      'tells suppliers and tenants of the change of tenancy after another 72 hours, unless notifications is false',
    ],
    'tenants.create': ['e-mails the tenant that the direct debit has been created'],
    'invites.create': ['texts the tenant a sign-up link'],
    'branches.create': ['e-mails the branch an invitation to set up its account'],
    'voids.create': [
      'tells suppliers of the change of tenancy when notifications is true',
      'contacts all suppliers and moves the energy to a void tariff when premium is true',
    ],
  },
  discloses: {
    'leads.create': { fields: ['first_name', 'last_name', 'email', 'phone'] },
    'orders.create': {
      fields: ['first_name', 'last_name', 'email', 'phone'],
      products: ['partner_package'],
    },
    'tenants.create': {
      fields: [
        'first_name',
        'last_name',
        'email',
        'phone',
        'date_of_birth',
        'nationality',
        'billing_address',
        'bank_account',
      ],
    },
    'tenants.update': {
      fields: ['first_name', 'last_name', 'email', 'phone', 'date_of_birth', 'nationality'],
    },
    'invites.create': { fields: ['first_name', 'last_name', 'phone'] },
    'mandates.update': { fields: ['bank_account'] },
  },
  connect: createHomeboxClient,
  readRefusal: readHomeboxRefusal,
  verify: async client => {
    await client.get({ path: '/api/partner/account' }, z.object({ data: z.object({}) }))
  },
  operations: {
    ...homeboxAddresses,
    ...homeboxQuotes,
    ...homeboxLeads,
    ...homeboxOrders,
    ...homeboxTenants,
    ...homeboxInvites,
    ...homeboxMandates,
    ...homeboxPayments,
    ...homeboxPayouts,
    ...homeboxBills,
    ...homeboxOrderProperties,
    ...homeboxMeterReadings,
    ...homeboxPostalBills,
    ...homeboxProperties,
    ...homeboxTenancies,
    ...homeboxVoids,
    ...homeboxBranches,
    ...homeboxAccount,
    ...homeboxReports,
  },
} as const satisfies Provider<HomeboxClient, typeof HomeboxCredentials>
