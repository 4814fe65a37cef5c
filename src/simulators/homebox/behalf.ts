import type { Call } from '#simulators/core/endpoint'
import { idIn, notFound } from '#simulators/homebox/dialect'
import type { Branch, HomeboxContext } from '#simulators/homebox/state'

/** On whose behalf an endpoint acts: the partner's own, or a branch's (chapter "Branch Accounts"). */
export interface Behalf {
  readonly prefix: string
  readonly named: (operation: string) => string
  /** The branch that a path names; null for the partner. Throws Refusal. */
  readonly branchId: (call: Call) => number | null
}

export const ownBehalf: Behalf = {
  prefix: '/api/partner',
  named: operation => operation,
  branchId: () => null,
}

/** The branch that a path names. Throws Refusal. */
export function branchIn({ branches }: HomeboxContext, call: Call, parameter: string): Branch {
  const branch = branches.get(idIn(call.params, parameter))
  if (branch) return branch
  throw notFound()
}

export function branchBehalf(context: HomeboxContext): Behalf {
  return {
    prefix: '/api/partner/child/:child_id',
    named: operation => `branch-${operation}`,
    branchId: call => branchIn(context, call, 'child_id').id,
  }
}
