import { type Area, anyArea, areas } from '#simulators/uk/areas'
import { waterSuppliers } from '#simulators/uk/water-suppliers'
import type { Postcode } from '#values/postcode'

export interface Place {
  readonly town: string
  readonly council: string
  /** Pence per month for the whole house. */
  readonly councilTax: number
  /** Null where water is no bill of its own: Scotland, Northern Ireland, the islands. */
  readonly water: { readonly name: string; readonly percent: number } | null
  /** The same for all postcodes that are priced alike. */
  readonly key: string
}

/** Where a postcode lies, as far as bills go. */
export function placeOf({ postcode, nation }: Postcode): Place {
  const letters = /^[A-Z]+/.exec(postcode)?.[0] ?? ''
  const area: Area = Object.hasOwn(areas, letters) ? (areas[letters] ?? anyArea) : anyArea
  const billed = nation === 'england' || nation === 'wales'
  return {
    town: area.town,
    council: area.council,
    councilTax: area.councilTax * 100,
    water: billed && area.water ? waterSuppliers[area.water] : null,
    key: `${area === anyArea ? '' : letters}:${billed}`,
  }
}
