import type { RunningSimulators } from '#simulators/index'
import { effectsOf, type Trace, type Traced } from '#test/crash-traces'

/** What is known beside what the API shows. */
export interface Known {
  readonly simulators: Omit<RunningSimulators, 'stop'>
  /** By operation: what a person said became of it. */
  readonly happened: ReadonlyMap<string, boolean>
  /** By `effectOf`: how often a person had it sent once more. */
  readonly approved: ReadonlyMap<string, number>
  /** By house: how often a person went on with an order that had failed as a whole. */
  readonly revived: ReadonlyMap<string, number>
}

/** Names the effect of an operation. */
export function effectOf({ provider, operation, marker }: Trace): string {
  return `${operation} at ${provider} for ${marker}`
}

function leadStatus(states: readonly string[]): string {
  if (states.includes('unknown')) return 'unknown'
  if (!states.includes('submitted')) return 'failed'
  return states.every(state => state === 'submitted') ? 'submitted' : 'partial'
}

/** How far each step of an order has come. */
function progressOf(traces: readonly Trace[], { happened }: Known): string[] {
  return traces.map(({ state, skipped, operationId }) => {
    if (state === 'succeeded' || skipped || happened.get(operationId) === true) return 'done'
    return ['planned', 'sending', 'unknown'].includes(state) ? state : 'failed'
  })
}

function orderStatus([first, ...later]: readonly string[]): string {
  if (first === 'unknown' || later.includes('unknown')) return 'unknown'
  if (first !== 'done') return first === 'failed' ? 'failed' : 'submitting'
  if (later.includes('failed')) return 'action_required'
  return later.every(state => state === 'done') ? 'pending' : 'submitting'
}

/** Whether a step was begun before the one before it was done. */
function isOutOfTurn(traces: readonly Trace[], progress: readonly string[]): boolean {
  const open = progress.findIndex(state => state !== 'done')
  return open !== -1 && traces.slice(open + 1).some(({ state, skipped }) => state !== 'planned' && !skipped)
}

/** What the gateway says of an operation by itself; null where a person said it, or nobody knows. */
function claimOf({ state, skipped, operationId }: Trace, { happened }: Known): 'done' | 'not done' | null {
  if (skipped || happened.has(operationId)) return null
  if (state === 'succeeded' || state === 'submitted') return 'done'
  return ['not_sent', 'refused', 'planned', 'rejected', 'failed'].includes(state) ? 'not done' : null
}

function brokenBy(
  trace: Trace,
  known: Known,
  { asked, isOnly }: { asked: number; isOnly: boolean },
): string[] {
  const effect = effectOf(trace)
  const count = effectsOf(known.simulators, trace)
  const again = known.approved.get(effect) ?? 0
  const claim = claimOf(trace, known)
  return [
    ...(count > asked + again ? [`${effect}: ${count} times, but only ${asked + again} asked for`] : []),
    ...(claim === 'done' && count === 0 ? [`${effect}: said to be done, but it is not`] : []),
    ...(claim === 'not done' && isOnly && count > again ? [`${effect}: said not to be done, but it is`] : []),
  ]
}

function brokenByOne(traced: Traced, known: Known, isOnly: boolean): string[] {
  const { id, object, status, traces } = traced
  const states = traces.map(({ state }) => state)
  const progress = progressOf(traces, known)
  const expected = object === 'lead' ? leadStatus(states) : orderStatus(progress)
  const stuck = status === 'submitting' && !states.includes('sending')
  // Where its key was freed there are two of a house, and a person may have revived the failed one all the same.
  const asked = 1 + (isOnly ? 0 : (known.revived.get(traced.house) ?? 0))
  return [
    ...traces.flatMap(trace => brokenBy(trace, known, { asked, isOnly })),
    ...(status === expected ? [] : [`${id} is ${status} with ${states.join(', ')}`]),
    ...(object === 'order' && isOutOfTurn(traces, progress)
      ? [`${id} is out of turn: ${states.join(', ')}`]
      : []),
    ...(stuck ? [`${id} is not gone on with: ${states.join(', ')}`] : []),
  ]
}

/** The promises that are not kept, in words. */
export function brokenPromises(all: readonly Traced[], known: Known): string[] {
  return all.flatMap(traced => {
    const isOnly = all.filter(({ house }) => house === traced.house).length === 1
    return brokenByOne(traced, known, isOnly)
  })
}
