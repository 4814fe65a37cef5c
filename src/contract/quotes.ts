import { z } from 'zod'
import { Address, AddressInput } from '#contract/addresses'
import {
  absentable,
  Metadata,
  Mode,
  Money,
  PlainDate,
  ProviderData,
  ProviderId,
  providerIds,
  Timestamp,
  text,
} from '#contract/vocabulary'
import { ProviderFailure } from '#contract/problems'

export const serviceTypes = [
  'electricity',
  'gas',
  'energy',
  'water',
  'broadband',
  'tv_licence',
  'tv',
  'council_tax',
  'service_charge',
  'other',
] as const
export type ServiceType = (typeof serviceTypes)[number]
export const ServiceType = z
  .enum(serviceTypes)
  .meta({ description: '`energy` is electricity and gas in one.' })

export const products = ['tenant_package', 'partner_package', 'custom_package', 'bills_package'] as const
export const Product = z.enum(products)
export type Product = z.infer<typeof Product>

export const HouseholdType = z.enum(['student', 'professional'])
export type HouseholdType = z.infer<typeof HouseholdType>
export const Responsibility = z.enum(['tenant', 'partner'])

export const Tenancy = z.object({ start_date: PlainDate, end_date: PlainDate.nullable() })

/** Fills what the caller left out, so that everything below sees a whole request. */
export const QuoteRequest = z
  .strictObject({
    address: AddressInput,
    occupants: z
      .int()
      .min(1)
      .max(50)
      .meta({ description: 'Number of people who will live there.', examples: [4] }),
    bill_payers: absentable(z.int().min(1).max(50)).meta({ description: 'Defaults to `occupants`.' }),
    household_type: absentable(HouseholdType).meta({ description: 'Defaults to `professional`.' }),
    responsibility: absentable(Responsibility).meta({
      description: '`tenant` (default): tenants pay; `partner`: agency or landlord.',
    }),
    tenancy: z.strictObject({ start_date: PlainDate, end_date: absentable(PlainDate) }),
    services: absentable(z.array(ServiceType).min(1).max(serviceTypes.length)).meta({
      description: 'What is wanted; defaults to electricity, gas, water and broadband.',
    }),
    coupon: absentable(text(64)),
    providers: absentable(z.array(ProviderId).min(1).max(providerIds.length)).meta({
      description: 'Whom to ask; defaults to all connected ones that can quote.',
    }),
    metadata: absentable(Metadata),
  })
  .refine(body => !body.bill_payers || body.bill_payers <= body.occupants, {
    path: ['bill_payers'],
    error: 'must not exceed occupants',
    params: { code: 'too_many' },
  })
  .refine(body => !body.tenancy.end_date || body.tenancy.end_date > body.tenancy.start_date, {
    path: ['tenancy', 'end_date'],
    error: 'must be after start_date',
    params: { code: 'end_before_start' },
  })
  .meta({
    id: 'QuoteRequest',
    description: 'A household to price.',
    examples: [
      {
        address: {
          line_1: '5 Media Exchange',
          line_2: 'Coquet Street',
          city: 'Newcastle upon Tyne',
          county: 'Tyne and Wear',
          postcode: 'NE1 2QB',
        },
        occupants: 4,
        bill_payers: 4,
        household_type: 'student',
        tenancy: { start_date: '2027-09-01', end_date: '2028-08-31' },
        services: ['electricity', 'gas', 'water', 'broadband'],
      },
    ],
  })
export type QuoteRequest = z.output<typeof QuoteRequest>

/** The request as it was understood, defaults filled in. */
export const QuotedHousehold = z
  .object({
    address: Address,
    occupants: z.int(),
    bill_payers: z.int(),
    household_type: HouseholdType,
    responsibility: Responsibility,
    tenancy: Tenancy,
    services: z.array(ServiceType),
    coupon: z.string().nullable(),
    providers: z.array(ProviderId).nullable(),
  })
  .meta({ id: 'QuotedHousehold', description: 'The household as it was understood, defaults filled in.' })
export type QuotedHousehold = z.infer<typeof QuotedHousehold>

export const priceFigures = [
  'per_month',
  'per_person_per_month',
  'per_person_per_week',
  'per_bill_payer_per_month',
] as const
export const Price = z
  .object({
    per_month: Money,
    per_person_per_month: Money,
    per_person_per_week: Money,
    per_bill_payer_per_month: Money,
    derived: z
      .array(z.enum(priceFigures))
      .meta({ description: 'Figures that the gateway calculated because the provider does not state them.' }),
  })
  .meta({ id: 'Price', description: 'One price seen from four sides, for this household.' })
export type Price = z.infer<typeof Price>

export const OfferService = z
  .object({
    id: z.string().nullable().meta({ description: "The provider's own id of this bill, where it has one." }),
    type: ServiceType,
    name: z.string(),
    description: z.string().nullable(),
    supplier: z.string().nullable(),
    included: z.boolean(),
    price: Price.nullable(),
  })
  .meta({ id: 'OfferService', description: 'A household bill that an offer contains.' })
export type OfferService = z.infer<typeof OfferService>

export const AddOn = z
  .object({
    id: z.string(),
    type: ServiceType,
    name: z.string(),
    description: z.string().nullable(),
    supplier: z.string().nullable(),
    price: Price,
  })
  .meta({ id: 'AddOn', description: 'A bill that may be added at extra cost.' })
export type AddOn = z.infer<typeof AddOn>

export const MissingService = z
  .object({ type: ServiceType, reason: z.string() })
  .meta({ id: 'MissingService', description: 'A requested service that an offer lacks, and why.' })
export type MissingService = z.infer<typeof MissingService>

export const Offer = z
  .object({
    id: z.string().meta({ examples: ['offer_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('offer'),
    provider: ProviderId,
    product: Product,
    package_id: z.string().nullable().meta({ description: "The provider's own id of the package." }),
    name: z.string(),
    description: z.string().nullable(),
    services: z.array(OfferService),
    add_ons: z.array(AddOn),
    price: Price,
    unlimited: z
      .boolean()
      .nullable()
      .meta({ description: 'Whether usage is unlimited; null where the provider does not say.' }),
    representative: z.boolean().meta({ description: 'True where the price is indicative.' }),
    orderable: z.boolean().meta({ description: 'True where `POST /v1/orders` takes this offer.' }),
    missing_services: z.array(MissingService),
  })
  .meta({ id: 'Offer', description: 'A comparable price for the household.' })
export type Offer = z.infer<typeof Offer>

export const ProviderResult = z
  .object({
    provider: ProviderId,
    status: z.enum(['ok', 'error', 'unsupported']),
    offer_count: z.int(),
    duration_ms: z.int().nullable(),
    notes: z.array(z.string()),
    error: ProviderFailure.nullable(),
  })
  .meta({ id: 'QuoteProviderResult', description: 'What one provider answered.' })
export type ProviderResult = z.infer<typeof ProviderResult>

export const quoteStatuses = ['complete', 'partial', 'failed'] as const
export const Quote = z
  .object({
    id: z.string().meta({ examples: ['quote_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('quote'),
    mode: Mode,
    status: z
      .enum(quoteStatuses)
      .meta({ description: '`complete`: all asked answered; `partial`: some; `failed`: none.' }),
    created_at: Timestamp,
    expires_at: Timestamp,
    request: QuotedHousehold,
    offers: z.array(Offer),
    cheapest_offer_id: z.string().nullable(),
    providers: z.array(ProviderResult),
    metadata: Metadata,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Quote', description: 'Offers of all asked providers side by side.' })
export type Quote = z.infer<typeof Quote>
