import type { Input, OperationName } from '#providers/port/index'

/**
 * Inputs that make an adapter show every endpoint it uses for an operation: on our own behalf and on a branch's, for
 * tenants who pay and for partners. A provider is only told those that it can be told.
 */
export type Samples = { readonly [K in OperationName]?: readonly Input<K>[] }

const BRANCHES = [null, '1'] as const

const person = {
  first_name: 'Joan',
  last_name: 'Smith',
  email: 'joan@example.com',
  phone: '+447700900123',
} as const
const lines = {
  line_1: '5 Media Exchange',
  line_2: 'Coquet Street',
  city: 'Newcastle upon Tyne',
  county: 'Tyne and Wear',
  postcode: 'NE1 2QB',
} as const
const address = {
  ...lines,
  address_id: null,
  uprn: null,
  umprn: null,
  udprn: null,
  nation: 'england',
  label: '5 Media Exchange, Coquet Street, Newcastle upon Tyne, NE1 2QB',
} as const
const bank_account = { account_name: 'J Smith', account_number: '12345678', sort_code: '102030' } as const
const tenancy = { start_date: '2027-09-01', end_date: '2028-08-31' } as const
const created_after = '2027-06-01T00:00:00.000Z'

const household = {
  address,
  occupants: 4,
  bill_payers: 4,
  household_type: 'student',
  tenancy,
  services: ['electricity', 'gas', 'water', 'broadband'],
  coupon: null,
} as const

const draft = {
  address,
  occupants: 4,
  household_type: 'student',
  tenancy: { ...tenancy, move_in_date: null },
  property_reference: null,
} as const

const lead = {
  address,
  tenancy,
  tenants: [{ ...person, country_code: 'GB' }],
  notifications: true,
  existing_tenancy: false,
  managing_party_name: null,
  property_reference: null,
  provider_quote_id: null,
  source: { enquiry_id: null, lead_source: null, original_source_agent: null, is_homebuyer: null },
} as const

const tenant = {
  ...person,
  date_of_birth: '2005-03-14',
  nationality: 'GB',
  bank_account,
  billing_address: lines,
} as const

export const samples: Samples = {
  'addresses.search': [{ query: 'NE1 2QB' }],
  'quotes.create': [
    { ...household, responsibility: 'tenant' },
    { ...household, responsibility: 'partner' },
  ],
  'leads.create': BRANCHES.map(branch_id => ({ ...lead, branch_id })),
  'leads.get': BRANCHES.map(branch_id => ({ lead_id: '1', branch_id })),
  'leads.list': BRANCHES.map(branch_id => ({ page: 1, branch_id })),
  'leads.scan': BRANCHES.map(branch_id => ({
    postcode: 'NE1 2QB',
    tenancy,
    tenants: [person],
    created_after,
    branch_id,
  })),
  'orders.create': [
    ...BRANCHES.map(branch_id => ({
      ...draft,
      branch_id,
      product: 'tenant_package' as const,
      reference: 'order_1',
      package_id: '1',
      add_ons: [],
      bill_payers: 4,
      coupon: null,
    })),
    {
      ...draft,
      branch_id: null,
      product: 'partner_package',
      bills: [{ id: '1', account_number: null }],
      payer: { bank_account, billing_address: lines, payment_method: null },
      tenants: [person],
    },
    {
      ...draft,
      product: 'bills_package',
      services: ['electricity', 'gas', 'water', 'broadband'],
      broadband: '400mbps',
      tenants: [{ ...person, date_of_birth: '2005-03-14' }],
    },
  ],
  'orders.get': BRANCHES.map(branch_id => ({ order_id: '1', branch_id })),
  'orders.list': BRANCHES.map(branch_id => ({ page: 1, branch_id })),
  'orders.find': [{ reference: 'order_1', tenancy, branch_id: null }],
  'orders.scan': [{ product: 'partner_package', address: lines, tenancy, created_after }],
  'tenants.create': [{ order_id: '1', tenant }],
  'tenants.list': [{ order_id: '1' }],
  'tenants.update': [{ order_id: '1', tenant_id: '1', changes: { email: 'joan@example.com' } }],
  'tenants.delete': [{ order_id: '1', tenant_id: '1' }],
  'invites.create': BRANCHES.map(branch_id => ({ order_id: '1', branch_id, invite: person })),
  'invites.list': [{ order_id: '1' }],
  'invites.delete': [{ order_id: '1', invite_id: '1' }],
  'mandates.get': [{ order_id: '1', tenant_id: '1' }],
  'mandates.update': [{ order_id: '1', tenant_id: '1', bank_account }],
}
