import type { ServiceType } from '#contract/quotes'
import type { Household, ProviderOffer } from '#providers/port/quotes'

/** First match wins, so the narrower word stands before the wider one: "TV Licence" before "TV". */
const BY_WORDS: readonly (readonly [RegExp, ServiceType])[] = [
  [/\bservice charge\b/, 'service_charge'],
  [/\bcouncil tax\b/, 'council_tax'],
  [/\btv licen[cs]e\b|\blicensing\b/, 'tv_licence'],
  [/broadband|internet|\bwi-?fi\b|plusnet/, 'broadband'],
  [/\btv\b|\bsky\b/, 'tv'],
  [/water/, 'water'],
  [/energy/, 'energy'],
  [/electric/, 'electricity'],
  [/\bgas\b/, 'gas'],
]

/** Homebox names no kind of bill: it is told by the words of the bill's name and title and its utility's name. */
export function serviceTypeOf(...words: readonly (string | null)[]): ServiceType {
  const text = words.filter(Boolean).join(' ').toLowerCase()
  return BY_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'
}

const SAME_ENERGY: readonly ServiceType[] = ['electricity', 'gas']

/** Whether a bill of this type answers one of the wishes; energy is electricity and gas in one. */
export function isWanted(type: ServiceType, wishes: readonly ServiceType[]): boolean {
  if (wishes.includes(type)) return true
  if (type === 'energy') return wishes.some(wish => SAME_ENERGY.includes(wish))
  return SAME_ENERGY.includes(type) && wishes.includes('energy')
}

/** "Get Tenant Package Quote": for students the council tax add-on is not present. */
export function missingReasons(household: Household): ProviderOffer['missing_reasons'] {
  if (household.household_type !== 'student') return {}
  return { council_tax: 'Homebox offers no council tax to student households.' }
}
