import type { ProviderId } from '#contract/vocabulary'
import type { Tx } from '#db/tx'
import type { Caller } from '#http/caller'
import { resourcesOf } from '#mappings/lookups'
import { insertMapping } from '#mappings/store'
import { ensureProperty } from '#properties/ensure-property'
import { UNKNOWN_ADDRESS } from '#properties/unknown-address'
import type { ProviderProperty } from '#providers/port/properties'
import { withFacts, withLines } from '#resources/properties/show-property'
import {
  findPropertyRow,
  insertUnplaced,
  type PropertyRow,
  updateProperty,
} from '#resources/properties/store'
import { newUuid } from '#values/ids'

export type Scope = Pick<Caller, 'accountId' | 'mode'>

/** Through whom a house became known, and when. */
export interface SeenBy {
  readonly connectionId: string
  readonly provider: ProviderId
  readonly at: Date
}

/** A house as the customer named it. */
export type NamedHouse = Pick<PropertyRow, 'id' | 'address' | 'property_reference' | 'branch_id' | 'metadata'>

const UNNAMED: Omit<NamedHouse, 'id'> = {
  address: UNKNOWN_ADDRESS,
  property_reference: null,
  branch_id: null,
  metadata: {},
}

/** The house of ours at this address, made when there is none yet; one that no address finds when it tells none. */
export async function placeHouse(tx: Tx, scope: Scope, house: NamedHouse, at: Date): Promise<string> {
  const { id, address, property_reference: propertyReference } = house
  const placed = await ensureProperty(tx, scope, { address, propertyReference, at, uuid: id })
  if (placed) return placed
  insertUnplaced(tx, scope, { ...house, sameAs: null, at })
  return id
}

/**
 * Keeps what a provider says of a house, in the caller's commit: of the one that it is mapped to, else of the one at its
 * address. A house that nobody has seen before gets its id here, the one of `named` where the customer named it.
 */
export async function recordProperty(
  tx: Tx,
  scope: Scope,
  found: ProviderProperty,
  { connectionId, provider, at }: SeenBy,
  named: NamedHouse = { id: newUuid(), ...UNNAMED },
): Promise<PropertyRow> {
  const providerResource = 'property'
  const through = { accountId: scope.accountId, connectionId, providerResource }
  const mapped = (await resourcesOf(tx, through, [found.id])).get(found.id)
  const house = { ...named, address: withLines(named.address, found) }
  const uuid = mapped ?? (await placeHouse(tx, scope, house, at))
  const resource = { prefix: 'property' as const, uuid }
  if (!mapped)
    insertMapping(tx, scope, {
      resource,
      connectionId,
      provider,
      providerResource,
      providerId: found.id,
      at,
    })
  const row = await findPropertyRow(tx, scope, uuid)
  if (!row) throw new TypeError('a house that was written down is gone')
  const known = withFacts(row, found, at)
  updateProperty(tx, scope, known)
  return known
}
