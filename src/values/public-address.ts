import ipaddr from 'ipaddr.js'

/** All that is given out to the public; outside of it lie the IPv4-compatible, site-local and local NAT64 addresses. */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::')

/**
 * Whether an IP address is one of the public internet: not private, loopback, link-local, shared, multicast or
 * reserved, and no IPv6 spelling or tunnel behind which an IPv4 address stands.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST, 3)) return false
  return parsed.range() === 'unicast'
}
