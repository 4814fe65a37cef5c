import { z } from 'zod'
import { Address, AddressInput } from '#contract/addresses'
import {
  absentable,
  idOf,
  ListQuery,
  Metadata,
  Mode,
  PlainDate,
  ProviderData,
  ProviderId,
  Timestamp,
  text,
} from '#contract/vocabulary'
import { OperationState } from '#contract/operations'
import { ProviderFailure } from '#contract/problems'
import { HouseholdType, Price, Product, ServiceType } from '#contract/quotes'
import { BankAccountInput, BillingAddressInput, Tenant, TenantInput } from '#contract/tenants'

/** The last day that a two-digit year can name without doubt (Homebox, chapter Create Tenant Bills Package). */
const LAST_SAFE_YEAR = 2069

const OrderDate = PlainDate.refine(date => Number(date.slice(0, 4)) <= LAST_SAFE_YEAR, {
  error: `must not be after ${LAST_SAFE_YEAR}`,
  params: { code: 'out_of_range' },
})

export const PayerInput = z
  .strictObject({
    bank_account: BankAccountInput,
    billing_address: BillingAddressInput,
    payment_method: absentable(z.enum(['direct_debit', 'bank_transfer'])),
  })
  .meta({ id: 'PayerRequest', description: 'Who pays for a partner package.' })
export type PayerInput = z.output<typeof PayerInput>

export const OrderTenancyInput = z.strictObject({
  start_date: OrderDate,
  end_date: OrderDate,
  move_in_date: absentable(OrderDate),
})

export const OrderRequest = z
  .strictObject({
    offer_id: absentable(idOf('offer')).meta({ description: 'Takes over what its quote knows.' }),
    provider: absentable(ProviderId).meta({ description: 'With `product`, instead of `offer_id`.' }),
    product: absentable(Product),
    package_id: absentable(text(64)),
    bills: absentable(
      z
        .array(z.strictObject({ id: text(64), account_number: absentable(text(64)) }))
        .min(1)
        .max(50),
    ),
    broadband: absentable(text(64)).meta({
      description: 'Kind of broadband (Housr).',
      examples: ['400mbps'],
    }),
    services: absentable(z.array(ServiceType).min(1).max(10)),
    address: absentable(AddressInput),
    occupants: absentable(z.int().min(1).max(50)),
    bill_payers: absentable(z.int().min(1).max(50)),
    household_type: absentable(HouseholdType),
    tenancy: absentable(OrderTenancyInput),
    add_ons: absentable(z.array(text(64)).max(50)),
    coupon: absentable(text(64)),
    reference: absentable(text(191)).meta({ description: 'Yours; it stays here.' }),
    property_reference: absentable(text(191)),
    branch_id: absentable(idOf('branch')),
    tenants: absentable(z.array(TenantInput).max(50)),
    payer: absentable(PayerInput),
    metadata: absentable(Metadata),
  })
  .refine(body => Boolean(body.offer_id) || (Boolean(body.provider) && Boolean(body.product)), {
    path: ['offer_id'],
    error: 'offer_id, or provider and product, is required',
    params: { code: 'required' },
  })
  .refine(body => !body.tenancy || body.tenancy.end_date > body.tenancy.start_date, {
    path: ['tenancy', 'end_date'],
    error: 'must be after start_date',
    params: { code: 'end_before_start' },
  })
  .meta({
    id: 'OrderRequest',
    description: 'A bills package to order, from an offer or by naming provider and product.',
    examples: [
      {
        offer_id: 'offer_01kb2z6x9ve8vs2m0g5a7d3c1r',
        tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
        tenants: [
          {
            first_name: 'Jane',
            last_name: 'Smith',
            email: 'jane.smith@example.com',
            phone: '07700 900123',
            date_of_birth: '2005-01-15',
            nationality: 'GB',
          },
        ],
      },
    ],
  })
export type OrderRequest = z.output<typeof OrderRequest>

export const orderStatuses = [
  'submitting',
  'unknown',
  'action_required',
  'pending',
  'active',
  'ended',
  'cancelled',
  'failed',
] as const
export const OrderStatus = z.enum(orderStatuses)
export type OrderStatus = z.infer<typeof OrderStatus>

export const OrderStep = z
  .object({
    step: z.int().meta({ description: 'Counts from 1.' }),
    operation: z.string().meta({ examples: ['tenants.create'] }),
    operation_id: z.string(),
    tenant_id: z.string().nullable(),
    state: OperationState,
    error: ProviderFailure.nullable(),
    provider_ids: z.array(z.string()),
  })
  .meta({ id: 'OrderStep', description: 'One call that the order consists of.' })
export type OrderStep = z.infer<typeof OrderStep>

export const Order = z
  .object({
    id: z.string().meta({ examples: ['order_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('order'),
    mode: Mode,
    provider: ProviderId,
    product: Product,
    status: OrderStatus,
    provider_status: z.string().nullable().meta({ description: 'The word of the provider, verbatim.' }),
    reference: z.string().nullable(),
    property_reference: z.string().nullable(),
    quote_id: z.string().nullable(),
    offer_id: z.string().nullable(),
    property_id: z.string().nullable(),
    branch_id: z.string().nullable(),
    address: Address,
    occupants: z.int(),
    bill_payers: z.int(),
    household_type: HouseholdType,
    tenancy: z.object({
      id: z.string().nullable(),
      start_date: z.string(),
      end_date: z.string(),
      move_in_date: z.string().nullable(),
    }),
    package_id: z.string().nullable(),
    add_ons: z.array(z.string()),
    bills: z.array(z.object({ id: z.string() })),
    services: z.array(ServiceType),
    broadband: z.string().nullable(),
    coupon: z.string().nullable(),
    price: Price.nullable().meta({ description: 'Of the accepted offer.' }),
    tenants: z.array(Tenant),
    steps: z.array(OrderStep),
    notes: z.array(z.string()),
    metadata: Metadata,
    created_at: Timestamp,
    updated_at: Timestamp,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Order', description: 'A bills package ordered at one provider.' })
export type Order = z.infer<typeof Order>

/** What a person corrects or leaves out before an order goes on. */
export const OrderRetry = z
  .strictObject({
    steps: absentable(
      z
        .array(
          z.strictObject({
            step: z.int().min(1).max(100),
            tenant: absentable(TenantInput),
            payer: absentable(PayerInput),
          }),
        )
        .max(50),
    ).meta({ description: 'Refused steps with corrected input.' }),
    skip: absentable(z.array(z.int().min(1).max(100)).max(50)).meta({
      description: 'Steps that are not to be done.',
    }),
  })
  .meta({ id: 'OrderRetry', description: 'Corrections to the steps that were refused.' })
export type OrderRetry = z.output<typeof OrderRetry>

export const OrderQuery = ListQuery.extend({
  status: OrderStatus.exactOptional(),
  provider: ProviderId.exactOptional(),
  reference: text(191).exactOptional(),
  property_reference: text(191).exactOptional(),
  branch_id: idOf('branch').exactOptional(),
  created_after: z.iso.datetime({ offset: true }).exactOptional(),
  created_before: z.iso.datetime({ offset: true }).exactOptional(),
})
