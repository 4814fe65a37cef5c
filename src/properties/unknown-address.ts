import type { Address } from '#contract/addresses'

/** Of a house of which nobody has said where it stands. */
export const UNKNOWN_ADDRESS: Address = {
  line_1: null,
  line_2: null,
  city: null,
  county: null,
  postcode: null,
  address_id: null,
  uprn: null,
  umprn: null,
  udprn: null,
}
