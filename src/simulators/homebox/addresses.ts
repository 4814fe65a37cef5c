import { createHash } from 'node:crypto'
import type { Endpoint } from '#simulators/core/endpoint'
import { byPostcode } from '#simulators/core/magic'
import { placeOf } from '#simulators/uk/place'
import { lastPostcodeIn, type Postcode, parsePostcode } from '#values/postcode'

export interface House {
  readonly line1: string
  readonly city: string
  readonly postcode: Postcode
}

/** The addresses of the document's own samples, under the ids that it gives them. */
const documented: Readonly<Record<string, readonly [line1: string, city: string, postcode: string]>> = {
  UN5Iu2KV9zOVJbacTYozt: ['35 Ship Street', 'Brighton', 'BN1 1AB'],
  kFkwDze86qhQDpWc8v7Cd: ['36 Ship Street', 'Brighton', 'BN1 1AB'],
  o8dsMjMQAb2qOvVGfB66a: ['37 Ship Street', 'Brighton', 'BN1 1AB'],
  VglSD9KF3EKcNz_RRXPVV: ['123 Test Lane', 'London', 'EC1V 2NX'],
  'xQGCuZ3irsRyb-zZkJ6OD': ['124 Test Lane', 'London', 'EC1V 2NX'],
}

const STREETS = [
  'Albert Road',
  'Castle Street',
  'Chapel Lane',
  'Church Street',
  'Grosvenor Terrace',
  'Hyde Park Road',
  'Kings Avenue',
  'Mill Lane',
  'Park Crescent',
  'Queens Road',
  'Station Road',
  'Victoria Street',
] as const
const HOUSES_PER_POSTCODE = 6
const PAYLOAD = 8
const CHECK = 7
const ID = /^[A-Z][\w-]{20}$/

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function mask(payload: Uint8Array, check: Uint8Array): Buffer {
  return Buffer.from(payload.map((byte, index) => byte ^ (check[index % CHECK] ?? 0)))
}

/** An id that says which house it means, so that ids stay valid over a restart without being kept. */
function idOfHouse(postcode: string, number: number): string {
  const payload = Buffer.from(
    `${postcode.replace(' ', '').padEnd(PAYLOAD - 1)}${String.fromCharCode(number)}`,
    'latin1',
  )
  const check = digest(payload).subarray(0, CHECK)
  const letter = String.fromCharCode(65 + ((check[0] ?? 0) % 26))
  return letter + Buffer.concat([mask(payload, check), check]).toString('base64url')
}

function streetAt(postcode: string): { street: string; first: number } {
  const hash = digest(Buffer.from(postcode)).readUInt16BE(0)
  return { street: STREETS[hash % STREETS.length] ?? STREETS[0], first: 1 + ((hash >> 8) % 60) }
}

function houseAt(postcode: Postcode, number: number): House {
  const { street } = streetAt(postcode.postcode)
  return { line1: `${number} ${street}`, city: placeOf(postcode).town, postcode }
}

function documentedHouse(id: string): House | null {
  const known = Object.hasOwn(documented, id) ? documented[id] : undefined
  const postcode = known && parsePostcode(known[2])
  return known && postcode ? { line1: known[0], city: known[1], postcode } : null
}

/** The house behind an `address_id`; null for an id that was never given. */
export function houseOfId(id: string): House | null {
  const sample = documentedHouse(id)
  if (sample) return sample
  if (!ID.test(id)) return null
  const bytes = Buffer.from(id.slice(1), 'base64url')
  const check = bytes.subarray(PAYLOAD)
  const payload = mask(bytes.subarray(0, PAYLOAD), check)
  if (!digest(payload).subarray(0, CHECK).equals(check)) return null
  const postcode = parsePostcode(
    payload
      .subarray(0, PAYLOAD - 1)
      .toString('latin1')
      .trim(),
  )
  return postcode && houseAt(postcode, payload[PAYLOAD - 1] ?? 0)
}

function labelOf(house: House): string {
  return `${house.line1}, ${house.city}, ${house.postcode.postcode}`
}

function found(query: string): { address: string; address_id: string }[] {
  const wanted = query.toLowerCase()
  const postcode = lastPostcodeIn(query)
  const samples = Object.keys(documented).flatMap(id => {
    const house = documentedHouse(id)
    const hit =
      house &&
      (postcode
        ? house.postcode.postcode === postcode.postcode
        : labelOf(house).toLowerCase().includes(wanted))
    return house && hit ? [{ address: labelOf(house), address_id: id }] : []
  })
  if (samples.length > 0 || !postcode) return samples
  const { first } = streetAt(postcode.postcode)
  return Array.from({ length: HOUSES_PER_POSTCODE }, (_, index) => {
    const number = first + index
    return {
      address: labelOf(houseAt(postcode, number)),
      address_id: idOfHouse(postcode.postcode, number),
    }
  })
}

export function findAddressEndpoint(): Endpoint {
  return {
    operation: 'addresses.find',
    method: 'GET',
    path: '/api/partner/address/find/:query',
    effect: 'none',
    renamed: ['address_id', 'id'],
    accept: ({ params }) => {
      const query = params['query'] ?? ''
      return {
        triggers: [byPostcode('address', lastPostcodeIn(query)?.postcode ?? '')],
        apply: () => ({ status: 200, body: { data: found(query) } }),
      }
    },
  }
}
