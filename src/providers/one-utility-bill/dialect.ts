import type { ServiceType } from '#contract/quotes'
import { decimalMoney } from '#providers/answer-schemas'
import type { Nation } from '#values/postcode'

/** A decimal string such as `"200.00"`. */
export const Pounds = decimalMoney('GBP')

/** `bed_size`: "Number of tenants the property can accommodate. Min of 1. Max of 14". */
export const MAX_BED_SIZE = 14

/** "A valid postcode within England, Scotland or Wales". */
export function serves(nation: Nation | null): boolean {
  return nation !== 'northern_ireland' && nation !== 'islands'
}

/** Only `energy` is documented; the others are the words that its overview uses for what a quote includes. */
const SERVICE_TYPES: ReadonlyMap<string, ServiceType> = new Map([
  ['energy', 'energy'],
  ['electric', 'electricity'],
  ['electricity', 'electricity'],
  ['gas', 'gas'],
  ['water', 'water'],
  ['broadband', 'broadband'],
  ['internet', 'broadband'],
  ['wifi', 'broadband'],
  ['tv', 'tv'],
  ['tv_licence', 'tv_licence'],
  ['council_tax', 'council_tax'],
])

export function serviceTypeOf(type: string): ServiceType {
  return (
    SERVICE_TYPES.get(
      type
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_'),
    ) ?? 'other'
  )
}
