import type { Household } from '#providers/port/quotes'
import type { ProviderId } from '#contract/vocabulary'
import type { QuotedHousehold, QuoteRequest, ServiceType } from '#contract/quotes'
import { addressFor, type ResolvedAddress } from '#resources/addresses/resolve-address'

const WANTED_BY_DEFAULT: readonly ServiceType[] = ['electricity', 'gas', 'water', 'broadband']

/** The request as it is understood: what the caller left out is filled in. */
export function understand(request: QuoteRequest, { address }: ResolvedAddress): QuotedHousehold {
  return {
    address,
    occupants: request.occupants,
    bill_payers: request.bill_payers ?? request.occupants,
    household_type: request.household_type ?? 'professional',
    responsibility: request.responsibility ?? 'tenant',
    tenancy: { start_date: request.tenancy.start_date, end_date: request.tenancy.end_date ?? null },
    services: [...new Set(request.services ?? WANTED_BY_DEFAULT)],
    coupon: request.coupon ?? null,
    providers: request.providers ? [...new Set(request.providers)] : null,
  }
}

/** The household as one provider is told about it. */
export function householdFor(
  provider: ProviderId,
  quoted: QuotedHousehold,
  resolved: ResolvedAddress,
): Household {
  return { ...quoted, address: addressFor(provider, resolved) }
}
