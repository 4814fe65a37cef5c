import { z } from 'zod'
import {
  absentable,
  Mode,
  PlainDate,
  PostcodeInput,
  ProviderData,
  Timestamp,
  text,
} from '#contract/vocabulary'
import { parsePhone } from '#values/phone'

export const PhoneInput = z
  .string()
  .max(32)
  .transform((value, context) => {
    const parsed = parsePhone(value)
    if (parsed) return parsed.e164
    context.addIssue({ code: 'custom', message: 'must be a phone number', params: { code: 'invalid_phone' } })
    return z.NEVER
  })
  .meta({ description: 'National (GB) or E.164; kept as E.164.', examples: ['07700 900123'] })

export const Email = z
  .email()
  .max(191)
  .meta({ examples: ['jane.smith@example.com'] })
const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { error: 'must be a country code of two letters, such as GB' })
  .transform(value => value.toUpperCase())
  .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['GB'] })

export const BankAccountInput = z
  .strictObject({
    account_name: text(18).refine(value => value.length >= 2, { error: 'must have at least 2 characters' }),
    account_number: z.string().regex(/^\d{8}$/, { error: 'must be 8 digits' }),
    sort_code: z
      .string()
      .regex(/^\d{2}-?\d{2}-?\d{2}$/, { error: 'must be 6 digits' })
      .transform(value => value.replaceAll('-', '')),
  })
  .meta({ id: 'BankAccountRequest', description: 'Passed on to the provider and not kept.' })
export type BankAccountInput = z.output<typeof BankAccountInput>

export const BillingAddressInput = z
  .strictObject({
    line_1: text(191),
    line_2: absentable(text(191)),
    city: text(60),
    county: absentable(text(191)),
    postcode: PostcodeInput,
  })
  .meta({ id: 'BillingAddressRequest', description: 'Where letters reach whoever pays.' })
export type BillingAddressInput = z.output<typeof BillingAddressInput>

/** Somebody to be contacted. */
export const ContactInput = z
  .strictObject({
    first_name: text(191),
    last_name: text(191),
    email: Email,
    phone: PhoneInput,
    country_code: absentable(country),
  })
  .meta({ id: 'ContactRequest', description: 'Somebody to be contacted.' })
export type ContactInput = z.output<typeof ContactInput>

/** Somebody who is to pay: with a bank account added as bill payer, without one invited by SMS. */
export const TenantInput = z
  .strictObject({
    first_name: text(191),
    last_name: text(191),
    email: Email,
    phone: PhoneInput,
    date_of_birth: absentable(PlainDate),
    nationality: absentable(country),
    bank_account: absentable(BankAccountInput),
    billing_address: absentable(BillingAddressInput),
  })
  .meta({
    id: 'TenantRequest',
    description: 'A bill payer: with `bank_account` added, without it invited by SMS.',
    examples: [
      {
        first_name: 'John',
        last_name: 'Smith',
        email: 'john.smith@example.com',
        phone: '07700 900456',
        date_of_birth: '2004-03-20',
        nationality: 'GB',
      },
    ],
  })
export type TenantInput = z.output<typeof TenantInput>

export const TenantChangesInput = z
  .strictObject({
    first_name: absentable(text(191)),
    last_name: absentable(text(191)),
    email: absentable(Email),
    phone: absentable(PhoneInput),
    date_of_birth: absentable(PlainDate),
    nationality: absentable(country),
  })
  .refine(changes => Object.values(changes).some(value => value !== null && value !== undefined), {
    error: 'must change something',
    params: { code: 'required' },
  })
  .meta({
    id: 'TenantChanges',
    description: 'Only the fields that change.',
    examples: [{ phone: '07700 900789' }],
  })
export type TenantChangesInput = z.output<typeof TenantChangesInput>

export const mandateStatuses = [
  'nomandate',
  'submitted',
  'active',
  'cancelled',
  'rejected',
  'pending',
  'suspended',
  'other',
] as const
export const MandateStatus = z.enum(mandateStatuses)
export type MandateStatus = z.infer<typeof MandateStatus>

const ErasedAt = Timestamp.nullable().meta({
  description: 'When the data of this person was erased; since then whatever tells who it is is null.',
})

export const Tenant = z
  .object({
    id: z.string().meta({ examples: ['tenant_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('tenant'),
    mode: Mode,
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable().meta({ description: 'E.164.' }),
    country_code: z.string().nullable(),
    date_of_birth: z.string().nullable(),
    nationality: z.string().nullable(),
    mandate_status: MandateStatus.nullable(),
    provider_ids: z.array(z.string()),
    created_at: Timestamp,
    updated_at: Timestamp,
    erased_at: ErasedAt,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Tenant', description: 'A person of a household. Bank details are never shown.' })
export type Tenant = z.infer<typeof Tenant>

export const Mandate = z
  .object({
    object: z.literal('mandate'),
    mode: Mode,
    tenant_id: z.string(),
    account_name: z.string().nullable(),
    status: MandateStatus,
    provider_status: z.string(),
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Mandate', description: 'A direct debit mandate.' })
export type Mandate = z.infer<typeof Mandate>

export const MandateChangesInput = z.strictObject({ bank_account: BankAccountInput }).meta({
  id: 'MandateChanges',
  description: 'The account that is to be debited from now on.',
  examples: [
    { bank_account: { account_name: 'Jane Smith', account_number: '12345678', sort_code: '12-34-56' } },
  ],
})
export type MandateChangesInput = z.output<typeof MandateChangesInput>

export const InviteInput = z
  .strictObject({ first_name: text(191), last_name: text(191), phone: PhoneInput })
  .meta({
    id: 'InviteRequest',
    description: 'Somebody to be asked by SMS to sign up.',
    examples: [{ first_name: 'Mary', last_name: 'Jones', phone: '07700 900321' }],
  })
export type InviteInput = z.output<typeof InviteInput>

export const Invite = z
  .object({
    id: z.string().meta({ examples: ['invite_01kb2z6x9ve8vs2m0g5a7d3c1r'] }),
    object: z.literal('invite'),
    mode: Mode,
    tenant_id: z
      .string()
      .nullable()
      .meta({ description: 'The tenant of the order who was invited, where it was one.' }),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    phone: z.string().nullable(),
    times_sent: z.int().nullable(),
    provider_ids: z.array(z.string()),
    created_at: Timestamp,
    updated_at: Timestamp,
    erased_at: ErasedAt,
    provider_data: ProviderData.exactOptional(),
  })
  .meta({ id: 'Invite', description: 'Somebody who was asked to sign up and has not done so yet.' })
export type Invite = z.infer<typeof Invite>
