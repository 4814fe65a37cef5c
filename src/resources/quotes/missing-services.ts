import type { MissingService, OfferService, ServiceType } from '#contract/quotes'

/** `energy` is electricity and gas in one. */
const SATISFIED_BY: Readonly<Partial<Record<ServiceType, readonly ServiceType[]>>> = {
  electricity: ['electricity', 'energy'],
  gas: ['gas', 'energy'],
}

function isIncluded(wanted: ServiceType, services: readonly OfferService[]): boolean {
  const included = new Set(services.filter(service => service.included).map(service => service.type))
  if (wanted === 'energy' && included.has('electricity') && included.has('gas')) return true
  return (SATISFIED_BY[wanted] ?? [wanted]).some(type => included.has(type))
}

/** Each requested service that an offer lacks, with the provider's reason where there is one. */
export function missingServices(
  wanted: readonly ServiceType[],
  offer: {
    readonly services: readonly OfferService[]
    readonly add_ons: readonly { readonly type: ServiceType; readonly name: string }[]
    readonly missing_reasons: Readonly<Partial<Record<ServiceType, string>>>
  },
): MissingService[] {
  return wanted
    .filter(type => !isIncluded(type, offer.services))
    .map(type => ({ type, reason: offer.missing_reasons[type] ?? reasonFor(type, offer.add_ons) }))
}

function reasonFor(
  type: ServiceType,
  addOns: readonly { readonly type: ServiceType; readonly name: string }[],
): string {
  const addable = addOns.find(addOn => (SATISFIED_BY[type] ?? [type]).includes(addOn.type))
  return addable ? `Not included; available as the add-on ${addable.name}` : 'Not part of this package'
}
