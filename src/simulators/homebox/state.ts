import { z } from 'zod'
import type { Clock } from '#simulators/core/endpoint'
import type { Collection, Store } from '#simulators/core/store'
import { PostalBill, readingOf } from '#simulators/homebox/filed'

export const mandateStatuses = [
  'nomandate',
  'submitted',
  'active',
  'cancelled',
  'rejected',
  'pending',
  'suspended',
] as const
export type MandateStatus = (typeof mandateStatuses)[number]

const Property = z.object({
  id: z.int(),
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  county: z.string().nullable(),
  postcode: z.string(),
  address_id: z.string().nullable(),
  property_reference: z.string().nullable().default(null),
  created_at: z.string(),
})
export type Property = z.infer<typeof Property>

/** A bill payer. Of the bank account only its holder's name is kept. */
const Tenant = z.object({
  id: z.int(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone_number: z.string(),
  birthday: z.string(),
  nationality: z.string(),
  mandate: z.object({ name: z.string(), status: z.enum(mandateStatuses) }),
})
export type Tenant = z.infer<typeof Tenant>

const Invite = z.object({
  id: z.int(),
  first_name: z.string(),
  last_name: z.string(),
  phone_number: z.string(),
})
export type Invite = z.infer<typeof Invite>

export const paymentStatuses = ['pending', 'success', 'failed', 'cancelled'] as const
export type PaymentStatus = (typeof paymentStatuses)[number]

const Payment = z.object({
  id: z.int(),
  tenant_id: z.int(),
  pence: z.int(),
  method: z.enum(['direct-debit', 'bank-transfer']),
  status: z.enum(paymentStatuses),
  attempt: z.int(),
  previous_attempt_id: z.int().nullable(),
  next_attempt_id: z.int().nullable(),
  paid_at: z.string().nullable(),
  created_at: z.string(),
})
export type Payment = z.infer<typeof Payment>

const Order = z.object({
  id: z.int(),
  kind: z.enum(['tenant', 'partner']),
  tenancy_id: z.int(),
  /** The tenancy as its property has it, where that is yet another number. */
  place_id: z.int().nullable().default(null),
  branch_id: z.int().nullable().default(null),
  property: Property,
  package_id: z.int(),
  package: z.string(),
  add_ons: z.array(z.int()),
  housemates: z.int(),
  bill_payers: z.int(),
  tenancy_start: z.string(),
  tenancy_end: z.string(),
  move_in: z.string(),
  reference: z.string().nullable(),
  /** Set when the provider decided on a status; else it follows from the bill payers and the day. */
  status: z.object({ id: z.int(), text: z.string() }).nullable(),
  tenants: z.array(Tenant),
  invites: z.array(Invite),
  /** Chosen bills of a partner package. */
  bill_ids: z.array(z.int()).default([]),
  /** What is left of each price after the coupon. */
  percent: z.int().default(100),
  payments: z.array(Payment).default([]),
  created_at: z.string(),
})
export type Order = z.infer<typeof Order>

const Lead = z.object({
  id: z.int(),
  branch_id: z.int().nullable().default(null),
  tenancy_start: z.string(),
  tenancy_end: z.string(),
  managing_party_name: z.string().nullable(),
  property: Property.nullable(),
  property_reference: z.string().nullable(),
  tenants: z.array(
    z.object({
      id: z.int(),
      first_name: z.string(),
      last_name: z.string(),
      phone_number: z.string(),
      email_address: z.string(),
    }),
  ),
  /** When what the lead sets off was done. */
  completed_at: z.string().nullable().default(null),
  created_at: z.string(),
})
export type Lead = z.infer<typeof Lead>

/** A void period. Of the people of one, only who answers for it is kept. */
const Void = z.object({
  id: z.int(),
  detail_id: z.int(),
  branch_id: z.int().nullable(),
  property: Property,
  tenancy_start: z.string(),
  tenancy_end: z.string().nullable(),
  property_empty: z.boolean(),
  responsible_tenant: z.object({
    first_name: z.string(),
    last_name: z.string(),
    email_address: z.string(),
    phone_number: z.string(),
  }),
  responsible_address: z.object({
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    county: z.string(),
    postcode: z.string(),
  }),
  created_at: z.string(),
})
export type Void = z.infer<typeof Void>

const Reading = readingOf(Property)
export type Reading = z.infer<typeof Reading>

const Branch = z.object({
  id: z.int(),
  name: z.string(),
  theme_color_primary: z.string().nullable(),
  reference_number: z.string().nullable(),
  image_path: z.string().nullable(),
})
export type Branch = z.infer<typeof Branch>

const Account = z.object({
  name: z.string(),
  management_fee: z.string(),
  reference_number: z.string(),
  image_path: z.string(),
  theme_color_primary: z.string(),
})
export type Account = z.infer<typeof Account>

/** Orders, leads, voids, readings and postal bills by id, properties by address. Dates `YYYY-MM-DD`, instants ISO in UTC. */
export interface HomeboxContext {
  readonly store: Store
  readonly clock: Clock
  readonly properties: Collection<Property>
  readonly orders: Collection<Order>
  readonly leads: Collection<Lead>
  readonly voids: Collection<Void>
  readonly branches: Collection<Branch>
  /** The partner's own, once it was changed. */
  readonly accounts: Collection<Account>
  readonly readings: Collection<Reading>
  readonly postalBills: Collection<PostalBill>
}

/** Opens what this provider keeps. */
export function createHomeboxContext(given: { store: Store; clock: Clock }): HomeboxContext {
  const { store } = given
  return {
    ...given,
    properties: store.collection('properties', Property),
    orders: store.collection('orders', Order),
    leads: store.collection('leads', Lead),
    voids: store.collection('voids', Void),
    branches: store.collection('branches', Branch),
    accounts: store.collection('accounts', Account),
    readings: store.collection('readings', Reading),
    postalBills: store.collection('postal_bills', PostalBill),
  }
}
