import { parse } from 'postcode'

export const nations = ['england', 'scotland', 'wales', 'northern_ireland', 'islands'] as const
export type Nation = (typeof nations)[number]

/** A UK postcode in its written form (`SW15 5PU`) and the nation that its outward code lies in. */
export interface Postcode {
  readonly postcode: string
  readonly nation: Nation
}

const AREAS: Readonly<Record<Exclude<Nation, 'england'>, readonly string[]>> = {
  northern_ireland: ['BT'],
  islands: ['GY', 'IM', 'JE'],
  scotland: ['AB', 'DD', 'DG', 'EH', 'FK', 'G', 'HS', 'IV', 'KA', 'KW', 'KY', 'ML', 'PA', 'PH', 'TD', 'ZE'],
  wales: ['CF', 'LD', 'LL', 'NP', 'SA'],
}

/** Districts that lie across the border from the rest of their area (ONS Postcode Directory, by majority). */
const BORDER_DISTRICTS: Readonly<Record<string, Nation>> = {
  TD15: 'england',
  CH5: 'wales',
  CH6: 'wales',
  CH7: 'wales',
  CH8: 'wales',
  SY15: 'wales',
  SY16: 'wales',
  SY17: 'wales',
  SY18: 'wales',
  SY19: 'wales',
  SY20: 'wales',
  SY21: 'wales',
  SY22: 'wales',
  SY23: 'wales',
  SY24: 'wales',
  SY25: 'wales',
}

function nationOf(area: string, district: string): Nation {
  const border = BORDER_DISTRICTS[district]
  if (border) return border
  if (AREAS.northern_ireland.includes(area)) return 'northern_ireland'
  if (AREAS.islands.includes(area)) return 'islands'
  if (AREAS.scotland.includes(area)) return 'scotland'
  return AREAS.wales.includes(area) ? 'wales' : 'england'
}

/** Reads any spelling of a UK postcode (`sw155pu`); null when the text is none. */
export function parsePostcode(text: string): Postcode | null {
  const parsed = parse(text.trim().replaceAll(/\s+/g, ' '))
  if (!parsed.valid) return null
  return { postcode: parsed.postcode, nation: nationOf(parsed.area, parsed.district) }
}

const IN_TEXT = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/gi

/** The last UK postcode written in a free text such as an address label. */
export function lastPostcodeIn(text: string): Postcode | null {
  const last = text.match(IN_TEXT)?.at(-1)
  return last === undefined ? null : parsePostcode(last)
}
