import type { Address, AddressInput } from '#contract/addresses'
import type { ProviderId } from '#contract/vocabulary'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import type { ProviderAddress } from '#providers/port/quotes'
import { findKnownAddress, type KnownAddress } from '#resources/addresses/store'
import type { Services } from '#services'
import { splitLabel } from '#values/address'
import { parsePostcode } from '#values/postcode'

/** The only provider that may be told an id which this gateway has not shown. */
const TAKES_UNKNOWN_IDS: ProviderId = 'homebox'

/** An address of a request with what the gateway knows about its `address_id`. */
export interface ResolvedAddress {
  readonly address: Address
  readonly known: KnownAddress | null
}

function given(input: AddressInput): Address {
  return {
    line_1: input.line_1 ?? null,
    line_2: input.line_2 ?? null,
    city: input.city ?? null,
    county: input.county ?? null,
    postcode: input.postcode ?? null,
    address_id: input.address_id ?? null,
    uprn: input.uprn ?? null,
    umprn: input.umprn ?? null,
    udprn: input.udprn ?? null,
  }
}

/**
 * Looks up the `address_id` of a request. Throws `validation_failed` for an id that was never shown to this account
 * and comes without a postcode.
 */
export async function resolveAddress(
  services: Services,
  call: Call,
  input: AddressInput,
): Promise<ResolvedAddress> {
  const address = given(input)
  if (address.address_id === null) return { address, known: null }
  const known = await findKnownAddress(services.database.sql, call.caller, address.address_id, services.now())
  if (known === null && address.postcode === null) {
    throw invalid({
      pointer: '/address/address_id',
      code: 'unknown_address',
      message: 'is not an address that was found here in the last 30 days; send its postcode too',
    })
  }
  return { address, known }
}

/** The address with the lines that are known of it: those of the request, else those of the label that was shown. */
export function houseOf({ address, known }: ResolvedAddress): Address {
  const postcode = address.postcode ?? known?.postcode ?? null
  if (address.line_1 !== null || known === null) return { ...address, postcode }
  const { line_1, line_2, city } = splitLabel(known.label)
  return { ...address, line_1, line_2, city: address.city ?? city, postcode }
}

/** The address as one provider is told it: its own id, or the lines; never another provider's id. */
export function addressFor(provider: ProviderId, resolved: ResolvedAddress): ProviderAddress {
  const house = houseOf(resolved)
  const issuer = resolved.known?.provider ?? TAKES_UNKNOWN_IDS
  return {
    ...house,
    address_id: issuer === provider ? house.address_id : null,
    nation: house.postcode === null ? null : (parsePostcode(house.postcode)?.nation ?? null),
  }
}
