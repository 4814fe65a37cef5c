import type { KeyScope } from '#accounts/key-store'
import type { Mode } from '#contract/vocabulary'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { demandScope } from '#http/scopes'

/** The keys that a key may see, make and end: those of mode live are out of reach of a test key. */
export function keysInReach({ accountId, mode }: Caller): KeyScope {
  return { accountId, modes: mode === 'live' ? ['live', 'test'] : ['test'] }
}

/** The mode that is wanted, that of the caller when none is. Throws `forbidden` for one that is out of reach. */
export function reachedMode(caller: Caller, wanted: Mode | null | undefined): Mode {
  const mode = wanted ?? caller.mode
  if (keysInReach(caller).modes.includes(mode)) return mode
  throw new ProblemError('forbidden', 'A key of mode test does not reach mode live.')
}

/** Who holds a key's secret may do what it may. Throws `forbidden` when the caller may not do all of that. */
export function demandAsMuch(caller: Caller, scopes: readonly string[]): void {
  for (const scope of scopes) demandScope(caller, scope)
}
