/** The sums by account of several counts. */
export function addUp(counts: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [account, count] of counts.flatMap(count => Object.entries(count))) {
    sums.set(account, (sums.get(account) ?? 0) + count)
  }
  return sums
}

interface Window {
  readonly limit: number
  /** Accounts of the calls that count. */
  readonly calls: readonly (readonly [string, ...unknown[]])[]
}

/**
 * Whose calls are let through, in turn: always that account's that has the fewest in the window, and of these the one
 * that stands first. An account that has its share takes nothing that another one, which waits in another process and
 * has not, could take. What is chosen is taken out of `waiting`.
 */
export function chooseAccounts(
  { limit, calls }: Window,
  waiting: Map<string, number>,
  elsewhere: ReadonlyMap<string, number>,
  room: number,
): string[] {
  const used = addUp(calls.map(([account]) => ({ [account]: 1 })))
  const share = Math.max(1, Math.floor(limit / new Set([...waiting.keys(), ...elsewhere.keys()]).size))
  const usedBy = (account: string) => used.get(account) ?? 0
  const missing = ([account, count]: [string, number]) =>
    Math.min(count, Math.max(0, share - usedBy(account)))
  const chosen: string[] = []
  while (chosen.length < room) {
    const [next] = [...waiting.keys()].toSorted((a, b) => usedBy(a) - usedBy(b))
    if (next === undefined) break
    const kept = usedBy(next) < share ? 0 : [...elsewhere].reduce((sum, entry) => sum + missing(entry), 0)
    if (calls.length + chosen.length + kept >= limit) break
    chosen.push(next)
    used.set(next, usedBy(next) + 1)
    const left = (waiting.get(next) ?? 0) - 1
    if (left > 0) waiting.set(next, left)
    else waiting.delete(next)
  }
  return chosen
}
