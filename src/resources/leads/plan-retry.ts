import type { FieldError } from '#contract/vocabulary'
import { invalid, ProblemError } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { statusOfSubmission } from '#resources/leads/lead-status'
import { uuidOf } from '#values/ids'

const WIPED =
  'what was to be sent is not kept any more (it is for 72 hours, and not once a person has settled it); make a new lead'

const REASONS = {
  submitted: { code: 'submitted', message: 'was taken by the provider' },
  rejected: {
    code: 'rejected',
    message: 'would be rejected again; make a new lead with what is wrong corrected',
  },
  unknown: {
    code: 'unknown',
    message: 'may have been taken; say what happened (resolve) before it is sent again',
  },
  wiped: { code: 'wiped', message: WIPED },
} as const

/** Why an operation cannot be sent again; null when it can. */
function obstacleTo(entry: Entry): keyof typeof REASONS | null {
  const status = statusOfSubmission(entry)
  if (status !== 'failed') return status
  return entry.input === null ? 'wiped' : null
}

function conflict(detail: string, fields: readonly FieldError[] = []): ProblemError {
  return new ProblemError('state_conflict', detail, { fields })
}

/** One whose sender has gone silent is found out within seconds: until then nobody knows what there is to retry. */
function underWay(): ProblemError {
  return new ProblemError('state_conflict', 'The lead is being sent just now.', {
    headers: { 'retry-after': '1' },
  })
}

function chooseNamed(entries: readonly Entry[], named: readonly string[]): Entry[] {
  const found = named.map((id, index) => {
    const entry = entries.find(candidate => candidate.id === uuidOf('operation', id))
    return { entry, pointer: `/operation_ids/${index}` }
  })
  const unknown = found.filter(({ entry }) => entry === undefined)
  if (unknown.length > 0)
    throw invalid(
      ...unknown.map(({ pointer }) => ({
        pointer,
        code: 'unknown_operation',
        message: 'is no operation of this lead',
      })),
    )
  const fields = found.flatMap(({ entry, pointer }) => {
    const obstacle = entry && obstacleTo(entry)
    return obstacle ? [{ pointer, ...REASONS[obstacle] }] : []
  })
  if (fields.length > 0) throw conflict('A submission that was named cannot be sent again.', fields)
  return [...new Set(found.flatMap(({ entry }) => entry ?? []))]
}

/**
 * The operations of a lead that are to be sent again: the named ones, or all whose provider cannot have taken the lead.
 * Throws `validation_failed`, and `state_conflict` when one of the named ones cannot be sent again, when none can, and
 * while the lead is being sent.
 */
export function chooseRetries(entries: readonly Entry[], named: readonly string[] | null): Entry[] {
  if (entries.some(entry => entry.state === 'sending')) throw underWay()
  if (named) return chooseNamed(entries, named)
  const able = entries.filter(entry => obstacleTo(entry) === null)
  if (able.length > 0) return able
  const obstacles = new Set(entries.map(obstacleTo))
  const reason = obstacles.has('wiped') ? 'wiped' : obstacles.has('unknown') ? 'unknown' : null
  throw conflict(
    reason
      ? `Nothing can be sent again: a submission ${REASONS[reason].message}.`
      : 'Nothing can be sent again.',
  )
}
