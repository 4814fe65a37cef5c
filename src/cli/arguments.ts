import { InvalidArgumentError } from 'commander'
import { type IdPrefix, uuidFromId } from '#values/ids'

/** Reads an id of ours. */
export function idArgument(prefix: IdPrefix): (text: string) => string {
  return text => {
    if (uuidFromId(prefix, text) !== null) return text
    throw new InvalidArgumentError(`must be an id ${prefix}_….`)
  }
}

/** Reads where a service is: an address without a slash at its end. */
export function urlArgument(text: string): string {
  const url = URL.parse(text)
  const isUsable = url && /^https?:$/.test(url.protocol) && !url.username && !url.password
  if (isUsable && !url.search && !url.hash) return url.href.replace(/\/+$/, '')
  throw new InvalidArgumentError('must be an http or https URL, such as http://127.0.0.1:3000.')
}

/** Reads how many rows are wanted, 1 to 100. */
export function limitArgument(text: string): number {
  const limit = Number(text)
  if (/^\d{1,3}$/.test(text) && limit >= 1 && limit <= 100) return limit
  throw new InvalidArgumentError('must be a whole number from 1 to 100.')
}

/** Reads a TCP port that three others follow. */
export function portArgument(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_532) return port
  throw new InvalidArgumentError('must be a whole number from 1 to 65532.')
}
