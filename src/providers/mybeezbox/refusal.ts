import { z } from 'zod'
import type { FieldError } from '#contract/vocabulary'
import { OptionalText } from '#providers/answer-schemas'
import type { ReadRefusal } from '#providers/port/upstream'
import { languages } from '#values/languages'

const Body = z.object({ detail: OptionalText, message: OptionalText })
const DEPTH = 5

/** Fields that we spell in another way than they do; what is about the whole has no name. */
const OURS: ReadonlyMap<string, string> = new Map([
  ['non_field_errors', ''],
  ['universe', '/universe_id'],
  ['environment', '/environment_id'],
  ['images', '/image_ids'],
  ['cover_image', '/cover_image_id'],
  ['voucher_prototypes_ids', '/prototype_ids'],
  ['status', '/state'],
  ['agency_email', '/email'],
  ['agency_phone', '/phone'],
  ['legal_representative_first_name', '/legal_representative/first_name'],
  ['legal_representative_last_name', '/legal_representative/last_name'],
  ['legal_representative_birthday', '/legal_representative/date_of_birth'],
  ['hq_address_line_1', '/address/line_1'],
  ['hq_address_line_2', '/address/line_2'],
  ['hq_postal_code', '/address/postcode'],
  ['hq_city', '/address/city'],
  ['hq_country', '/address/country'],
  ['iban', '/bank_account/iban'],
  ['bic', '/bank_account/bic'],
  ['link_to_nv_settings', '/takes_network_vouchers'],
  ['link_to_ngc_settings', '/takes_network_gift_cards'],
  ['document_type', '/type'],
  ['activation_date', '/activates_at'],
  ['expiration_date', '/expires_at'],
])

/** `name_en` is our `/name/en`. What lies within a field is passed on as it is given, and so keeps its names. */
function stepOf(field: string): string {
  const [, name, language = ''] = /^(.+)_([a-z]{2})$/.exec(field) ?? []
  const translated = name !== undefined && languages.some(known => known === language)
  return translated ? `/${name}/${language}` : (OURS.get(field) ?? `/${field}`)
}

/** Lists of messages by field, nested as the request is: Django REST framework's words for what is invalid. */
function fieldsIn(body: unknown, pointer: string, depth: number): FieldError[] {
  if (typeof body !== 'object' || body === null || depth >= DEPTH) return []
  if (Array.isArray(body))
    return body.flatMap((item: unknown, index) =>
      typeof item === 'string'
        ? [{ pointer, code: 'rejected', message: item }]
        : fieldsIn(item, `${pointer}/${index}`, depth + 1),
    )
  return Object.entries(body).flatMap(([field, inner]: [string, unknown]) =>
    fieldsIn(inner, depth === 0 ? stepOf(field) : `${pointer}/${field}`, depth + 1),
  )
}

/** One error body is shown, with `detail` (section "Partners", KYC); fields are read where there are any. */
export const readMybeezboxRefusal: ReadRefusal = ({ body }) => {
  const read = Body.safeParse(body)
  const message = read.data?.detail ?? read.data?.message
  const { detail: _, message: __, ...rest } = z.record(z.string(), z.unknown()).catch({}).parse(body)
  const fields = fieldsIn(rest, '', 0).slice(0, 50)
  return { ...(message ? { message } : {}), ...(fields.length > 0 ? { fields } : {}) }
}
