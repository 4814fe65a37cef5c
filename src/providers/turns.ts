/** Things that wait, in one line per account; accounts take turns. */
export interface Turns<T> {
  add(accountId: string, item: T): void
  /** False when it is not there any more. */
  remove(accountId: string, item: T): boolean
  /** Of this account if it has something waiting, else of whoever stands first. */
  next(accountId?: string): T | undefined
  /** All that wait. */
  items(): T[]
  /** How many wait, by account; whoever is served next stands first. */
  counts(): Map<string, number>
  /** How many are served before a further one of this account, at the least. */
  ahead(accountId: string): number
  waitingOf(accountId: string): number
  readonly waiting: number
}

export function createTurns<T>(): Turns<T> {
  /** The first account is served next and then goes to the end. */
  const lines = new Map<string, T[]>()
  let waiting = 0

  return {
    add: (accountId, item) => {
      const line = lines.get(accountId)
      if (line) line.push(item)
      else lines.set(accountId, [item])
      waiting += 1
    },
    remove: (accountId, item) => {
      const line = lines.get(accountId)
      const place = line?.indexOf(item) ?? -1
      if (!line || place === -1) return false
      line.splice(place, 1)
      waiting -= 1
      if (line.length === 0) lines.delete(accountId)
      return true
    },
    next: wanted => {
      const [first] = lines.keys()
      const accountId = wanted !== undefined && lines.has(wanted) ? wanted : first
      const line = lines.get(accountId ?? '')
      if (accountId === undefined || !line) return undefined
      lines.delete(accountId)
      waiting -= 1
      const item = line.shift()
      if (line.length > 0) lines.set(accountId, line)
      return item
    },
    items: () => [...lines.values()].flat(),
    counts: () => new Map([...lines].map(([accountId, line]) => [accountId, line.length])),
    ahead: accountId => {
      const mine = lines.get(accountId)?.length ?? 0
      return [...lines.values()].reduce((sum, line) => sum + Math.min(line.length, mine), 0)
    },
    waitingOf: accountId => lines.get(accountId)?.length ?? 0,
    get waiting() {
      return waiting
    },
  }
}
