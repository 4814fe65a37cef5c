import { isIP } from 'node:net'

/** Port 443 is the empty one. Others would make us a scanner of other people's ports. */
const PORTS = ['', '8443']

/** A URL may name a host that is not public only where that is configured. */
export interface PublicUrlRules {
  readonly allowPrivate: boolean
}

/**
 * What keeps us from calling a URL that a customer gave, or null. The parser has by then brought every spelling of an
 * IPv4 address (decimal, octal, hexadecimal, short) into the usual one, and of an IPv6 address into brackets without a dot
 * in them. What a name leads to is only known when it is called.
 */
export function publicUrlMistake(text: string, { allowPrivate }: PublicUrlRules): string | null {
  const url = URL.parse(text)
  if (url === null) return 'must be a URL'
  const { protocol, username, password, hash, hostname, port } = url
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'must be an https URL'
  if (username !== '' || password !== '') return 'must not hold credentials'
  if (hash !== '') return 'must not have a fragment'
  if (allowPrivate) return null
  if (isIP(hostname) !== 0 || !/[^.]\.[^.]/.test(hostname)) return 'must have a domain name as host'
  return PORTS.includes(port) ? null : 'must use port 443 or 8443'
}
