import type { OperationState } from '#contract/operations'
import { ProblemError } from '#http/problem-error'
import type { Told } from '#resources/people/disclosures'
import type { OpenedCopy } from '#resources/people/sealed-copies'
import { idFromUuid } from '#values/ids'

const UNSETTLED: readonly (OperationState | null)[] = ['planned', 'sending', 'unknown']

/**
 * Throws `state_conflict`, naming them, while operations about a person are not settled: what they were to send could
 * neither be sent nor looked for any more.
 */
export function refuseUnsettled(told: readonly Told[], sealed: readonly OpenedCopy[]): void {
  const inputs = sealed.filter(({ kind }) => kind === 'operation_input')
  const states = new Map([...told.map(({ entry }) => entry), ...inputs].map(({ id, state }) => [id, state]))
  const open = [...states].filter(([, state]) => UNSETTLED.includes(state))
  if (open.length === 0) return
  const fields = open.map(([id, state]) => ({
    pointer: '/email',
    code: 'operation_unsettled',
    message: `${idFromUuid('operation', id)} is ${state}`,
  }))
  throw new ProblemError(
    'state_conflict',
    'Operations about this person are not settled: let them end, retry or skip them, or resolve them first.',
    { fields },
  )
}
