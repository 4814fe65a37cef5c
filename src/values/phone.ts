import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A phone number in E.164 form with the ISO 3166-1 alpha-2 country it belongs to, where one is known. */
export interface Phone {
  readonly e164: string
  readonly country: string | null
}

/**
 * Reads national (default region GB) or E.164 spelling; null when it is no possible number, or has an extension, which
 * E.164 cannot say.
 */
export function parsePhone(text: string): Phone | null {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: 'GB', extract: false })
  if (!parsed?.isPossible() || parsed.ext) return null
  return { e164: parsed.number, country: parsed.country ?? null }
}
