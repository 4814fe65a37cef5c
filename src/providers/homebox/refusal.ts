import { z } from 'zod'
import { fieldErrors, LaravelErrors, OptionalText } from '#providers/answer-schemas'
import type { ReadRefusal } from '#providers/port/upstream'
import { ProviderError } from '#providers/provider-error'

/** The error body is not documented (chapter "Errors"): Laravel's shape where it is there, nothing where it is not. */
const Body = z.object({
  message: OptionalText,
  errors: LaravelErrors,
})

/** Their top-level names → our pointer. Bank details and billing address are those of one tenant. */
const TOP_LEVEL: ReadonlyMap<string, string> = new Map([
  ['query', '/query'],
  ['filter', '/status'],
  ['q', '/q'],
  ['address', '/address'],
  ['address_id', '/address/address_id'],
  ['line1', '/address/line_1'],
  ['line2', '/address/line_2'],
  ['city', '/address/city'],
  ['county', '/address/county'],
  ['postcode', '/address/postcode'],
  ['housemates', '/occupants'],
  ['total_occupants', '/occupants'],
  ['bill_payers', '/bill_payers'],
  ['household_type', '/household_type'],
  ['is_student', '/household_type'],
  ['coupon', '/coupon'],
  ['tenancy_start', '/tenancy/start_date'],
  ['tenancy_end', '/tenancy/end_date'],
  ['tenancy_move_in', '/tenancy/move_in_date'],
  ['date_of_reading', '/read_on'],
  ['reading', '/reading'],
  ['reading2', '/reading_2'],
  ['type', '/type'],
  ['image', '/image'],
  ['tenant_notes', '/notes'],
  ['file', '/file'],
  ['account_name', '/bank_account/account_name'],
  ['account_number', '/bank_account/account_number'],
  ['sort_code', '/bank_account/sort_code'],
  ['image_path', '/logo'],
  ['is_premium', '/premium'],
  ['forwarding_details', '/forwarding'],
  ['forwarding_details.name', '/forwarding/name'],
  ['forwarding_details.phone_number', '/forwarding/phone'],
  ['forwarding_details.email_adress', '/forwarding/email'],
  ['forwarding_details.line1', '/forwarding/address/line_1'],
  ['forwarding_details.line2', '/forwarding/address/line_2'],
  ['forwarding_details.city', '/forwarding/address/city'],
  ['forwarding_details.county', '/forwarding/address/county'],
  ['forwarding_details.postcode', '/forwarding/address/postcode'],
])

/** Their names at any depth where ours differ; all others that we know are spelt alike. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['line1', 'line_1'],
  ['line2', 'line_2'],
  ['phone_number', 'phone'],
  ['email_address', 'email'],
  ['birthday', 'date_of_birth'],
])
const SAME_NAME: ReadonlySet<string> = new Set([
  'account_number',
  'add_ons',
  'address',
  'address_id',
  'billing_address',
  'bills',
  'city',
  'county',
  'email',
  'existing_tenancy',
  'first_name',
  'from',
  'id',
  'last_name',
  'managing_party_name',
  'name',
  'nationality',
  'notifications',
  'package_id',
  'payment_method',
  'postcode',
  'property_empty',
  'property_id',
  'property_reference',
  'reference_number',
  'responsible_address',
  'responsible_tenant',
  'tenants',
  'theme_color_primary',
  'to',
])

/** Our JSON Pointer for a field of theirs such as `tenants.0.email_address`; empty (the whole request) when unknown. */
export function pointerOf(field: string): string {
  const topLevel = TOP_LEVEL.get(field)
  if (topLevel) return topLevel
  const segments = field.split('.').map(segment => {
    const known = SAME_NAME.has(segment) || /^\d{1,3}$/.test(segment)
    return RENAMED.get(segment) ?? (known ? segment : null)
  })
  return segments.includes(null) ? '' : `/${segments.join('/')}`
}

export const readHomeboxRefusal: ReadRefusal = ({ body }) => {
  const read = Body.safeParse(body)
  if (!read.success) return {}
  const { message, errors } = read.data
  const fields = fieldErrors(errors, pointerOf)
  return { ...(message ? { message } : {}), ...(fields.length > 0 ? { fields } : {}) }
}

/** A failure whose fields stand elsewhere in the operation's input than their names tell. */
export function relocated(cause: unknown, moved: (pointer: string) => string): unknown {
  if (!(cause instanceof ProviderError && cause.facts.fields)) return cause
  const fields = cause.facts.fields.map(field => ({ ...field, pointer: moved(field.pointer) }))
  return new ProviderError({ ...cause.facts, fields })
}
