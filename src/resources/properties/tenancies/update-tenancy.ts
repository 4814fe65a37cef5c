import { appendAudit } from '#audit/append-audit'
import type { Preview } from '#contract/providers'
import { Tenancy, type TenancyChanges } from '#contract/tenancies'
import { lockRow } from '#db/lock-row'
import type { Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { changeOnce } from '#journal/change-once'
import type { NewStep } from '#journal/journal'
import { demandSendable, previewStep } from '#journal/preview-step'
import { ProviderError } from '#providers/provider-error'
import {
  demandThere,
  findTenancy,
  type TenancyNames,
  type TenancyThere,
} from '#resources/properties/tenancies/reach-tenancy'
import { getTenancy, readThere, showTenancy } from '#resources/properties/tenancies/read-tenancy'
import { setTenancyDates } from '#resources/properties/tenancies/store'
import type { Services } from '#services'

interface Dates {
  readonly start_date: string
  readonly end_date: string
}

interface Known {
  readonly start_date: string | null
  readonly end_date: string | null
}

/** Both dates, for the provider is told both. Throws `validation_failed` where one is not known or they disagree. */
function datesOf(body: TenancyChanges, known: Known): Dates {
  const start_date = body.start_date ?? known.start_date
  const end_date = body.end_date ?? known.end_date
  const required = (pointer: string) => invalid({ pointer, code: 'required', message: 'is required' })
  if (start_date === null) throw required('/start_date')
  if (end_date === null) throw required('/end_date')
  if (end_date > start_date) return { start_date, end_date }
  const pointer = body.end_date ? '/end_date' : '/start_date'
  throw invalid({ pointer, code: 'end_before_start', message: 'end_date must be after start_date' })
}

function toStep({ connection, at }: TenancyThere, changes: Dates): NewStep {
  return { operation: 'tenancies.update', connection, input: { ...at, changes } }
}

/** What new dates would send. Sends and stores nothing. */
export async function previewTenancyChange(
  services: Services,
  call: Call,
  names: TenancyNames,
  body: TenancyChanges,
): Promise<Preview> {
  const row = await findTenancy(services, call, names)
  const there = await demandThere(services, call, row)
  return previewStep(services, call, toStep(there, datesOf(body, row)))
}

async function hold(tx: Tx, call: Call, uuid: string, dates: Dates, at: Date): Promise<null> {
  lockRow(tx, 'tenancies', call.caller, uuid)
  const resource = { prefix: 'tenancy' as const, uuid }
  appendAudit(tx, call, { action: 'tenancies.updated', resource, data: { ...dates }, at })
  return null
}

/** What the provider answers to a change is not documented; where it cannot be read again, the answer is ours. */
async function readAgain(services: Services, call: Call, names: TenancyNames, ours: Answer): Promise<Answer> {
  try {
    return respond(Tenancy, await getTenancy(services, call, names, { withProviderData: false }))
  } catch (err) {
    if (err instanceof ProviderError) return ours
    throw err
  }
}

/**
 * Gives a tenancy other dates at the provider, and here once it has them. A date that is left out is read there first.
 * Throws `not_found`, `state_conflict` where no provider keeps the tenancy, and ProviderError.
 */
export async function updateTenancy(
  services: Services,
  call: Call,
  names: TenancyNames,
  body: TenancyChanges,
): Promise<Answer> {
  const row = await findTenancy(services, call, names)
  const there = await demandThere(services, call, row)
  const isWhole = Boolean(body.start_date && body.end_date)
  const dates = datesOf(body, isWhole ? row : await readThere(services, call, row, there))
  const step = toStep(there, dates)
  await demandSendable(services, call, step)
  const answer = await changeOnce(services, call, {
    resource: { prefix: 'tenancy', uuid: row.id },
    step,
    hold: tx => hold(tx, call, row.id, dates, services.now()),
    done: async tx => {
      const at = services.now()
      setTenancyDates(tx, call.caller, row.id, { ...dates, at })
      return respond(Tenancy, await showTenancy(tx, call, { ...row, ...dates, updated_at: at }))
    },
  })
  return answer.status === 200 ? readAgain(services, call, names, answer) : answer
}
