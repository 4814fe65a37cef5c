import {
  broadband,
  energy,
  largestHousehold,
  skyTv,
  tvLicence,
  water,
} from '#simulators/homebox/price-tables'
import type { Place } from '#simulators/uk/place'

export interface PartnerBill {
  readonly id: number
  readonly name: string
  readonly provider: string
  readonly isRequired: boolean
  /** Pence per month for 1, 2, 3 … housemates. */
  readonly totals: readonly number[]
}

export interface Utility {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly isHidden: boolean
  readonly isEssential: boolean
  readonly bills: readonly PartnerBill[]
}

function flat(pence: number): number[] {
  return Array.from({ length: largestHousehold }, () => pence)
}

function bill(
  id: number,
  name: string,
  provider: string,
  totals: readonly number[],
  isRequired = false,
): PartnerBill {
  return { id, name, provider, totals, isRequired }
}

function scaled(totals: readonly number[], percent: number): number[] {
  return totals.map(pence => Math.round((pence * percent) / 100))
}

function utility(id: number, name: string, bills: PartnerBill[], facts: Partial<Utility> = {}): Utility {
  return {
    id,
    name,
    description: `${name} for the whole house`,
    isHidden: false,
    isEssential: false,
    ...facts,
    bills,
  }
}

function waterUtilities(place: Place): Utility[] {
  if (!place.water) return []
  const { name, percent } = place.water
  return [utility(2, 'Water', [bill(111, 'Standard Plan', name, scaled(water, percent), true)])]
}

/** What a partner may put into a package. Chapter "Get Partner Package Quote". */
export function utilitiesAt(place: Place, isStudent: boolean): Utility[] {
  const councilTax = utility(5, 'Council Tax', [
    bill(141, 'Standard Plan', place.council, flat(place.councilTax)),
  ])
  return [
    utility(
      1,
      'Renewable Energy',
      [
        bill(101, 'Fixed Plan', 'truEnergy', scaled(energy, 108)),
        bill(102, 'Standard Plan', 'Rebel Energy', energy),
      ],
      { isEssential: true },
    ),
    ...waterUtilities(place),
    utility(3, 'Internet', [
      bill(121, 'Broadband 18MBPS', 'Plusnet', flat(broadband[18])),
      bill(122, 'Broadband 66MBPS', 'Plusnet', flat(broadband[66])),
      bill(123, 'Broadband 500MBPS', 'Plusnet', flat(broadband[500])),
    ]),
    utility(4, 'TV Licence', [bill(135, 'Standard Plan', 'TV Licensing', flat(tvLicence))]),
    ...(isStudent ? [] : [councilTax]),
    utility(6, 'TV', [bill(151, 'Sky TV', 'Sky', flat(skyTv))]),
    utility(7, 'Void Management', [bill(161, 'Standard Plan', 'Homebox', flat(950))], { isHidden: true }),
  ]
}
