import { lastPostcodeIn } from '#values/postcode'

/** The parts of a postal address that identify a house. */
export interface AddressParts {
  readonly line_1: string | null
  readonly line_2: string | null
  readonly city: string | null
  readonly postcode: string | null
}

function squash(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * The key under which one house is found whoever names it: its UPRN, else normalised line 1, line 2 and postcode.
 * Null when neither is known: an address id alone says nothing about the house.
 */
export function addressKey(address: AddressParts & { readonly uprn: string | null }): string | null {
  const uprn = address.uprn?.replace(/^0+/, '')
  if (uprn) return `uprn:${uprn}`
  if (!address.line_1 || !address.postcode) return null
  const street = squash([address.line_1, address.line_2].filter(Boolean).join(' '))
  return street ? `lines:${street}|${address.postcode.replace(/\s/g, '').toUpperCase()}` : null
}

const COUNTRY = /^(uk|gb|united kingdom|great britain|england|scotland|wales|northern ireland)$/i

/**
 * Splits a label such as `35 Ship Street, Brighton, BN1 1AB` at its commas: the postcode is the last one written
 * in it, the part before it the city, the first the street, what lies between joins as line 2. A country is left out.
 */
export function splitLabel(label: string): AddressParts {
  const found = lastPostcodeIn(label)
  const unspaced = found?.postcode.replace(' ', '\\s*')
  const lines = label
    .split(',')
    .map(part => (unspaced ? part.replace(new RegExp(unspaced, 'i'), '') : part).trim())
    .filter((line, index) => line && !(index > 0 && COUNTRY.test(line)))
  const city = lines.length > 1 ? (lines.at(-1) ?? null) : null
  const street = city === null ? lines : lines.slice(0, -1)
  return {
    line_1: street[0] ?? null,
    line_2: street.slice(1).join(', ') || null,
    city,
    postcode: found?.postcode ?? null,
  }
}
