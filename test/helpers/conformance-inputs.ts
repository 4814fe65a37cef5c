import type { Input, OperationName } from '#providers/port/index'
import { mybeezboxInputs } from '#test/conformance-mybeezbox'
import { PORTFOLIO_IDS, type PortfolioIds, portfolioInputs } from '#test/conformance-portfolio'
import { meterReading, postalBill } from '#test/conformance-uploads'
import { billsPackage, partnerPackage, tenantPackage } from '#test/order-drafts'
import { household, mediaExchange } from '#test/port-household'

/** Objects at the provider that an input points to. */
export interface Ids extends PortfolioIds {
  order_id: string
  tenant_id: string
  invite_id: string
  lead_id: string
  quote_id: string
  payment_id: string
}

export const EXAMPLE_IDS: Readonly<Ids> = {
  ...PORTFOLIO_IDS,
  order_id: '31',
  tenant_id: '51',
  invite_id: '61',
  lead_id: '11',
  quote_id: '01838daa-eb24-7c54-bac5-ca4eedab22f3',
  payment_id: '81',
}

/** Something to tell a provider, for every operation of the port: a new one without an input does not compile. */
export type Inputs = { readonly [K in OperationName]: Input<K> }

/** The bank account of every input. At the Homebox simulator this one is rejected, so that it may be replaced. */
export const bankAccount = { account_name: 'Jane Smith', account_number: '00000001', sort_code: '609281' }

const jane = {
  first_name: 'Jane',
  last_name: 'Smith',
  email: 'jane.smith917@example.com',
  phone: '+447700900123',
}
const bill = {
  first_name: 'Bill',
  last_name: 'Appleseed',
  email: 'bill.appleseed@example.com',
  phone: '+441234567890',
}
const home = {
  line_1: '5 Media Exchange',
  line_2: 'Coquet Street',
  city: 'Newcastle upon Tyne',
  county: 'Tyne and Wear',
  postcode: 'NE1 2QB',
}
/** The tenancy of the documented leads. */
const tenancy = { start_date: '2022-07-01', end_date: '2023-07-01' }
/** When the documented leads came into being. */
const created_after = '2020-04-23T18:04:07.000Z'

/** Whatever may be left out is given, so that a provider may refuse it. */
export function inputsFor(ids: Ids = EXAMPLE_IDS): Inputs {
  const { order_id, tenant_id, invite_id, lead_id, quote_id, payment_id } = ids
  return {
    ...mybeezboxInputs,
    ...portfolioInputs(ids),
    'addresses.search': { query: 'BN1 1AB' },
    'quotes.create': household({ household_type: 'student', coupon: 'WELCOME10' }),
    'leads.create': {
      address: { ...mediaExchange, uprn: '4510018537', umprn: '50906066', udprn: '50906066' },
      tenancy,
      tenants: [{ ...bill, country_code: 'GB' }],
      notifications: true,
      existing_tenancy: true,
      managing_party_name: 'Example Agent',
      property_reference: 't0013981',
      branch_id: null,
      provider_quote_id: quote_id,
      source: {
        enquiry_id: '123',
        lead_source: 'website',
        original_source_agent: 'Example Agent',
        is_homebuyer: false,
      },
    },
    'leads.get': { lead_id, branch_id: null },
    'leads.list': { page: 1, branch_id: null },
    'leads.scan': { postcode: 'EC1V 2NX', tenancy, tenants: [bill], created_after, branch_id: null },
    'orders.create': tenantPackage({ coupon: 'WELCOME10', property_reference: 't0013981' }),
    'orders.get': { order_id, branch_id: null },
    'orders.list': { page: 1, branch_id: null },
    'orders.find': {
      reference: 'HOMEBOX1',
      tenancy: { start_date: '2019-10-01', end_date: '2020-10-01' },
      branch_id: null,
    },
    'orders.scan': {
      product: 'partner_package',
      address: { ...home, postcode: 'EC1V 2NX' },
      tenancy,
      created_after,
    },
    'tenants.create': {
      order_id,
      tenant: {
        ...jane,
        date_of_birth: '2000-01-02',
        nationality: 'GB',
        bank_account: bankAccount,
        billing_address: home,
      },
    },
    'tenants.list': { order_id },
    'tenants.update': {
      order_id,
      tenant_id,
      changes: { ...jane, date_of_birth: '2000-01-02', nationality: 'IE' },
    },
    'tenants.delete': { order_id, tenant_id },
    'invites.create': { order_id, branch_id: null, invite: bill },
    'invites.list': { order_id },
    'invites.delete': { order_id, invite_id },
    'mandates.get': { order_id, tenant_id },
    'orders.bills': { order_id },
    'meter_readings.create': { ...meterReading, at: { order_id } },
    'meter_readings.list': { at: { order_id }, page: 1 },
    'postal_bills.create': { ...postalBill, order_id },
    'postal_bills.list': { order_id, page: 1 },
    'orders.property': { order_id },
    'orders.payouts': { order_id },
    'orders.payments': { order_id },
    'payments.replace': { order_id, payment_id, payment_method: 'bank_transfer' },
    'mandates.update': { order_id, tenant_id, bank_account: bankAccount },
  }
}

/** The other things that an order can be. */
export const otherOrders = {
  partner: partnerPackage({
    bills: [
      { id: '102', account_number: 'A-77' },
      { id: '121', account_number: null },
    ],
    payer: { bank_account: bankAccount, billing_address: home, payment_method: 'direct_debit' },
    property_reference: 't0013981',
  }),
  bills: billsPackage(),
}
