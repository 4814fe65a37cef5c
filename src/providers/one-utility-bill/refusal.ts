import { z } from 'zod'
import { fieldErrors, LaravelErrors, OptionalText } from '#providers/answer-schemas'
import type { ReadRefusal } from '#providers/port/upstream'

/** Chapter "Errors": `message` and `meta.request_id` always, `errors` by field when a body is invalid. */
const Body = z.object({
  message: OptionalText,
  errors: LaravelErrors,
  meta: z.object({ request_id: z.string() }).nullish().catch(null),
})

/** Their field → our pointer. A lead has one contact, so it is the first tenant of what was sent. */
const POINTERS: ReadonlyMap<string, string> = new Map([
  ['postcode', '/address/postcode'],
  ['bed_size', '/occupants'],
  ['tenancy_start_date', '/tenancy/start_date'],
  ['quote_id', '/offer_id'],
  ['metadata', '/source'],
  ['property', '/address'],
  ['property.address_line_1', '/address/line_1'],
  ['property.address_line_2', '/address/line_2'],
  ['property.city', '/address/city'],
  ['property.county', '/address/county'],
  ['property.postcode', '/address/postcode'],
  ['property.uprn', '/address/uprn'],
  ['property.umprn', '/address/umprn'],
  ['property.udprn', '/address/udprn'],
  ['contact', '/tenants/0'],
  ['contact.first_name', '/tenants/0/first_name'],
  ['contact.last_name', '/tenants/0/last_name'],
  ['contact.email_address', '/tenants/0/email'],
  ['contact.phone_number', '/tenants/0/phone'],
  ['contact.country_code', '/tenants/0/country_code'],
])

/** Our JSON Pointer for a field of theirs; empty (the whole request) when it is none that we send. */
export function pointerOf(field: string): string {
  return POINTERS.get(field) ?? (field.startsWith('metadata.') ? '/source' : '')
}

export const readOneUtilityBillRefusal: ReadRefusal = ({ body }) => {
  const read = Body.safeParse(body)
  if (!read.success) return {}
  const { message, errors, meta } = read.data
  const fields = fieldErrors(errors, pointerOf)
  return {
    ...(message ? { message } : {}),
    ...(meta ? { requestId: meta.request_id } : {}),
    ...(fields.length > 0 ? { fields } : {}),
  }
}
