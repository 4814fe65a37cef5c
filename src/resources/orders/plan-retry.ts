import { z } from 'zod'
import type { FieldError } from '#contract/vocabulary'
import type { OrderRetry, PayerInput } from '#contract/orders'
import type { TenantInput } from '#contract/tenants'
import { invalid, ProblemError } from '#http/problem-error'
import type { Entry } from '#journal/entry'
import { hasFailed, isSkipped } from '#resources/orders/order-status'
import { ORDER_ID, toPerson, toPostalAddress, toTenantDraft } from '#resources/orders/plan-order'

type Correction = NonNullable<OrderRetry['steps']>[number]

/** What a retry does: steps that are left out, and the one that is sent again, with its new input where it has one. */
export interface RetryPlan {
  readonly skipped: readonly Entry[]
  readonly again: {
    readonly entry: Entry
    readonly input: unknown
    readonly tenant: TenantInput | null
  } | null
}

/** Refused for a reason that lies with us: the same input may be sent again. */
const OURS = ['provider_auth_failed', 'rate_limited']
const Stored = z.looseObject({})

function conflict(detail: string, fields: readonly FieldError[] = []): ProblemError {
  return new ProblemError('state_conflict', detail, { fields })
}

function notAllowed(pointer: string, message: string): ProblemError {
  return invalid({ pointer, code: 'not_allowed', message })
}

function tenantOf({ tenant }: Correction, place: string): TenantInput {
  if (tenant) return tenant
  throw invalid({ pointer: `${place}/tenant`, code: 'required', message: 'is required for this step' })
}

function correctedTenant(tenant: TenantInput, place: string): unknown {
  const { bank_account } = tenant
  if (bank_account) return { order_id: ORDER_ID, tenant: toTenantDraft(tenant, bank_account) }
  throw invalid({
    pointer: `${place}/tenant/bank_account`,
    code: 'required',
    message: 'is required for this step',
  })
}

function correctedInvite(tenant: TenantInput, place: string, stored: unknown): unknown {
  if (tenant.bank_account) throw notAllowed(`${place}/tenant/bank_account`, 'this step is an invitation')
  const { first_name, last_name, phone } = tenant
  return {
    branch_id: null,
    ...Stored.parse(stored ?? {}),
    order_id: ORDER_ID,
    invite: { first_name, last_name, phone },
  }
}

function correctedPayer(payer: PayerInput, stored: unknown): unknown {
  const { bank_account, billing_address, payment_method } = payer
  return {
    ...Stored.parse(stored),
    payer: {
      bank_account,
      billing_address: toPostalAddress(billing_address),
      payment_method: payment_method ?? null,
    },
  }
}

function correctedOrder(correction: Correction, place: string, stored: unknown): unknown {
  if (stored === null) throw conflict('The input of this order is not kept any more; make a new order.')
  if (correction.payer) return correctedPayer(correction.payer, stored)
  const tenant = tenantOf(correction, place)
  if (tenant.bank_account) throw notAllowed(`${place}/tenant/bank_account`, 'is not taken for this product')
  return {
    ...Stored.parse(stored),
    tenants: [{ ...toPerson(tenant), date_of_birth: tenant.date_of_birth ?? null }],
  }
}

function corrected(entry: Entry, correction: Correction, place: string, stored: unknown): unknown {
  if (entry.operation === 'orders.create') return correctedOrder(correction, place, stored)
  if (correction.payer)
    throw notAllowed(`${place}/payer`, 'goes with the first step of a partner package only')
  const tenant = tenantOf(correction, place)
  return entry.operation === 'invites.create'
    ? correctedInvite(tenant, place, stored)
    : correctedTenant(tenant, place)
}

/** Whether a step may be sent again as it was written down. */
function mayRepeat(entry: Entry): boolean {
  if (entry.input === null) return false
  return entry.state === 'not_sent' || (entry.state === 'refused' && OURS.includes(entry.error?.code ?? ''))
}

function checkSkips(entries: readonly Entry[], skip: readonly number[]): Entry[] {
  return skip.map((step, index) => {
    const entry = entries[step - 1]
    if (!entry)
      throw invalid({ pointer: `/skip/${index}`, code: 'unknown_step', message: 'is no step of this order' })
    if (step === 1) throw notAllowed(`/skip/${index}`, 'the order itself cannot be skipped')
    if (!hasFailed(entry) && entry.state !== 'planned')
      throw notAllowed(`/skip/${index}`, `step ${step} is ${entry.state}`)
    return entry
  })
}

function checkCorrections(entries: readonly Entry[], corrections: readonly Correction[]): void {
  for (const [index, { step }] of corrections.entries()) {
    const entry = entries[step - 1]
    const pointer = `/steps/${index}/step`
    if (!entry) throw invalid({ pointer, code: 'unknown_step', message: 'is no step of this order' })
    if (!hasFailed(entry))
      throw notAllowed(pointer, `step ${step} is ${isSkipped(entry) ? 'skipped' : entry.state}`)
  }
}

/**
 * Works out a retry. Throws `state_conflict` while an outcome is unknown, when nothing is left to do, and, with
 * pointers to the steps, for a refused one that comes without a correction or whose input is wiped.
 */
export function planRetry(
  entries: readonly Entry[],
  body: OrderRetry | null,
  inputOf: (entry: Entry) => unknown,
): RetryPlan {
  const unsettled = entries.find(entry => entry.state === 'unknown' || entry.state === 'sending')
  if (unsettled)
    throw conflict(
      `Step ${entries.indexOf(unsettled) + 1} is ${unsettled.state}: it is not known what became of it.`,
    )
  const corrections = body?.steps ?? []
  const skipped = checkSkips(entries, body?.skip ?? [])
  checkCorrections(entries, corrections)
  const failed = entries.find(entry => hasFailed(entry) && !skipped.includes(entry))
  if (!failed) {
    if (skipped.length > 0) return { skipped, again: null }
    throw conflict('Every step of this order is done.')
  }
  const step = entries.indexOf(failed) + 1
  const index = corrections.findIndex(correction => correction.step === step)
  const correction = corrections[index]
  if (correction) {
    const input = corrected(failed, correction, `/steps/${index}`, inputOf(failed))
    return { skipped, again: { entry: failed, input, tenant: correction.tenant ?? null } }
  }
  if (mayRepeat(failed)) return { skipped, again: { entry: failed, input: undefined, tenant: null } }
  const message = `step ${step} is ${failed.state}${failed.input === null ? ' and its input is wiped' : ''}: correct it or skip it`
  throw conflict(`Step ${step} needs a correction.`, [
    { pointer: '/steps', code: 'correction_required', message },
  ])
}
