import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from '#values/public-address'

/** All addresses that a name leads to. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

export const systemResolve: Resolve = hostname => lookup(hostname, { all: true })

/** A name leads, among others perhaps, to where nothing may be sent. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'
}

/** A name leads nowhere. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved'
}

async function resolveSafely(hostname: string, resolve: Resolve, allowPrivate: boolean) {
  const addresses = await resolve(hostname).catch((cause: unknown) => {
    throw new Unresolved('the name was not found', { cause })
  })
  const [first] = addresses
  if (!first) throw new Unresolved('the name has no address')
  if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    throw new PrivateAddress('the name leads to an address that is not public')
  return { first, addresses }
}

/**
 * Looks a name up for the connection that is being made: what was checked is what is connected to, so that no second
 * answer of the name server can lead elsewhere. Never called for a host that is an address.
 */
export function guardedLookup(resolve: Resolve, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    void resolveSafely(hostname, resolve, allowPrivate).then(
      ({ first, addresses }) =>
        options.all ? callback(null, [...addresses]) : callback(null, first.address, first.family),
      (err: Error) => callback(err, []),
    )
  }
}
