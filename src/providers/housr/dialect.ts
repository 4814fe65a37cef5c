import type { ServiceType } from '#contract/quotes'
import type { OrderAddress } from '#providers/port/orders'

/** The five keys of `selectedServices` and the services of ours that each stands for. */
const SERVICES = {
  gas: ['gas', 'energy'],
  electricity: ['electricity', 'energy'],
  water: ['water'],
  tv: ['tv', 'tv_licence'],
  wifi: ['broadband'],
} as const satisfies Record<string, readonly ServiceType[]>

export const takenServices: readonly ServiceType[] = Object.values(SERVICES).flat()

/** Every key is sent, and its value is a word, not a boolean. */
export function toSelectedServices(wanted: readonly ServiceType[]): Record<string, 'true' | 'false'> {
  return Object.fromEntries(
    Object.entries(SERVICES).map(([key, types]) => [
      key,
      types.some(type => wanted.includes(type)) ? 'true' : 'false',
    ]),
  )
}

/** One string: the label that Housr itself offered where there is one, else the parts joined. */
export function toHousrAddress(address: OrderAddress): string {
  if (address.label !== null) return address.label
  const { line_1, line_2, city, county, postcode } = address
  return [line_1, line_2, city, county, postcode].filter(part => part !== null).join(', ')
}
