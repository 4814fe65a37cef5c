import type { Offer, ProviderResult, Quote } from '#contract/quotes'

function priceOf(offer: Offer): number {
  return offer.price.per_person_per_month.amount
}

/** A custom package contains the service charge only: its price is no price of a household. */
function isComparable(offer: Offer): boolean {
  return offer.product !== 'custom_package'
}

/** Cheapest per person first; what cannot be compared comes last. */
export function rankOffers(offers: readonly Offer[]): Offer[] {
  return offers.toSorted(
    (one, other) => Number(isComparable(other)) - Number(isComparable(one)) || priceOf(one) - priceOf(other),
  )
}

export function cheapestOf(ranked: readonly Offer[]): string | null {
  return ranked.find(isComparable)?.id ?? null
}

/** `complete` when all that were asked answered, `partial` when some did, `failed` when none. */
export function statusOf(results: readonly ProviderResult[]): Quote['status'] {
  const failures = results.filter(result => result.status === 'error').length
  if (failures === 0) return 'complete'
  return results.some(result => result.status === 'ok') ? 'partial' : 'failed'
}
