import { TypeID } from 'typeid-js'
import { v7 } from 'uuid'

export const idPrefixes = [
  'account',
  'address',
  'audit',
  'branch',
  'call',
  'connection',
  'delivery',
  'event',
  'invite',
  'key',
  'lead',
  'offer',
  'operation',
  'order',
  'property',
  'quote',
  'tenancy',
  'tenant',
  'void',
  'webhook',
] as const
export type IdPrefix = (typeof idPrefixes)[number]
/** A TypeID: prefix, underscore, UUIDv7 in 26 characters of base32. Sorts by time of creation. */
export type Id<P extends IdPrefix> = `${P}_${string}`

export function newId<P extends IdPrefix>(prefix: P): Id<P> {
  return idFromUuid(prefix, newUuid())
}

/** The UUID that the database stores, or null when the text is no id with this prefix. */
export function uuidFromId(prefix: IdPrefix, id: string): string | null {
  if (!id.startsWith(`${prefix}_`)) return null
  try {
    return TypeID.fromString(id, prefix).toUUID()
  } catch {
    return null
  }
}

/** The UUID of an id that is known to be well formed. Throws RangeError otherwise. */
export function uuidOf(prefix: IdPrefix, id: string): string {
  const uuid = uuidFromId(prefix, id)
  if (uuid === null) throw new RangeError(`not an id ${prefix}_…`)
  return uuid
}

/** Sorts after every UUID: a list that starts at the newest row starts below it. */
export const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Sorts before every UUID. */
export const FIRST_UUID = '00000000-0000-0000-0000-000000000000'

/** A UUIDv7. Those of one process sort in the order in which they were made, even within a millisecond. */
export function newUuid(): string {
  return v7()
}

/** Sorts before every UUIDv7 that was made at this moment or later, and after all that were made before it. */
export function firstUuidAt(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

export function idFromUuid<P extends IdPrefix>(prefix: P, uuid: string): Id<P> {
  return `${prefix}_${TypeID.fromUUID(prefix, uuid).getSuffix()}`
}

/** The prefix and UUID of any of our ids, or null when the text is none. */
export function parseId(id: string): { prefix: IdPrefix; uuid: string } | null {
  const prefix = idPrefixes.find(known => id.startsWith(`${known}_`))
  const uuid = prefix && uuidFromId(prefix, id)
  return prefix && uuid ? { prefix, uuid } : null
}
