import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A phone number in E.164 form with the ISO 3166-1 alpha-2 country it belongs to, where one is known. */
export interface Phone {
  readonly e164: string
  readonly country: string | null
}

/** No number of this country has a second 0 after the one that stands for `+44`. */
const NOBODYS = /^\+440/

/**
 * Reads national spelling (of this country) or E.164; null when it is no possible number, or has an extension, which
 * E.164 cannot say.
 */
export function parsePhone(text: string, country: CountryCode = 'GB'): Phone | null {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
  if (!parsed?.isPossible() || parsed.ext || NOBODYS.test(parsed.number)) return null
  return { e164: parsed.number, country: parsed.country ?? null }
}
