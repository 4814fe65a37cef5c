import {
  broadband,
  energy,
  largestHousehold,
  serviceChargePerHousemate,
  skyTv,
  tvLicence,
  water,
} from '#simulators/homebox/price-tables'
import type { Place } from '#simulators/uk/place'

/** A household bill of the catalogue. `totals` are pence per month for 1, 2, 3 … housemates. */
export interface Bill {
  readonly id: number
  readonly groupId: number
  readonly name: string
  readonly provider: string
  readonly description: string
  readonly totals: readonly number[]
}

export interface Package {
  readonly id: number
  readonly name: string
  readonly title: string
  readonly description: string
  readonly bills: readonly Bill[]
  readonly addOns: readonly Bill[]
}

function flat(pence: number): number[] {
  return Array.from({ length: largestHousehold }, () => pence)
}

function energyBill(id: number): Bill {
  return {
    id,
    groupId: 1,
    name: 'Renewable Energy',
    provider: 'Rebel Energy',
    description: 'Standard Plan',
    totals: energy,
  }
}

function waterBills(id: number, place: Place): Bill[] {
  if (!place.water) return []
  const { name, percent } = place.water
  const totals = water.map(pence => Math.round((pence * percent) / 100))
  return [{ id, groupId: 2, name: 'Water', provider: name, description: 'Clean & waste water', totals }]
}

function broadbandBill(id: number, megabits: keyof typeof broadband): Bill {
  const description = `Unlimited broadband (speeds up to ${megabits}MBPS)`
  const totals = flat(broadband[megabits])
  return { id, groupId: 3, name: `Broadband ${megabits}MBPS`, provider: 'Plusnet', description, totals }
}

function tvLicenceBill(): Bill {
  return {
    id: 35,
    groupId: 4,
    name: 'TV Licence',
    provider: 'TV Licensing',
    description: 'Standard Plan',
    totals: flat(tvLicence),
  }
}

function councilTaxBills(place: Place, isStudent: boolean): Bill[] {
  if (isStudent) return []
  const totals = flat(place.councilTax)
  return [
    {
      id: 36,
      groupId: 5,
      name: 'Council Tax',
      provider: place.council,
      description: 'Standard Plan',
      totals,
    },
  ]
}

function skyBill(): Bill {
  return {
    id: 31,
    groupId: 6,
    name: 'Sky TV',
    provider: 'Sky',
    description: 'Entertainment Package',
    totals: flat(skyTv),
  }
}

function serviceChargeBill(): Bill {
  const totals = Array.from(
    { length: largestHousehold },
    (_, index) => (index + 1) * serviceChargePerHousemate,
  )
  return {
    id: 3,
    groupId: 7,
    name: 'Service Charge',
    provider: 'Homebox',
    description: 'Service charge',
    totals,
  }
}

const BASICS = 'Gas, electricity, clean & waste water'
const WIFI = 'unlimited Plusnet broadband (speeds up to 18MBPS)'

/** The tenant packages offered at a place. Chapters "Get Tenant Package Quote" and "Custom Package". */
export function packagesAt(place: Place, isStudent: boolean): Package[] {
  const slow = broadbandBill(27, 18)
  const faster = [broadbandBill(28, 66), broadbandBill(29, 145), broadbandBill(30, 500)]
  const sky = skyBill()
  const extras = [tvLicenceBill(), ...councilTaxBills(place, isStudent)]
  const basics = [energyBill(1), ...waterBills(2, place), serviceChargeBill()]
  return [
    {
      id: 1,
      name: 'Bronze',
      title: 'Essentials',
      description: BASICS,
      bills: basics,
      addOns: [slow, ...faster, sky, ...extras],
    },
    {
      id: 2,
      name: 'Silver',
      title: 'Essentials + WiFi',
      description: `${BASICS}, ${WIFI}`,
      bills: [...basics, slow],
      addOns: [...faster, sky, ...extras],
    },
    {
      id: 3,
      name: 'Gold',
      title: 'Essentials + WiFi & TV',
      // The document's own description begins with a space.
      description: ` ${BASICS}, ${WIFI}, Sky TV (Entertainment Package)`,
      bills: [...basics, slow, sky],
      addOns: [...faster, ...extras],
    },
    {
      id: 4,
      name: 'Custom',
      title: 'Build your own',
      description: 'Only the bills that you choose',
      bills: [serviceChargeBill()],
      addOns: [energyBill(54), ...waterBills(55, place), slow, ...faster, sky, ...extras],
    },
  ]
}
