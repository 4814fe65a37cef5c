import { appendAudit } from '#audit/append-audit'
import { Operation, type Resolution } from '#contract/operations'
import type { Sql, Tx } from '#db/tx'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import type { Claim, FreeKey } from '#http/idempotency/idempotency'
import { ProblemError } from '#http/problem-error'
import { type Entry, stateAt } from '#journal/entry'
import { LeaseLost } from '#journal/journal'
import { answerOperation, toOperation } from '#journal/operation-answer'
import { nextReference } from '#journal/reference'
import { demandFree } from '#resources/operations/check-resolution'
import { isResolvedAs } from '#resources/operations/resolution'
import { findEntry } from '#resources/operations/store'
import type { Services } from '#services'
import { idFromUuid } from '#values/ids'

/** What a person said of which operation, and the key that their request holds. */
export interface Told {
  readonly entry: Entry
  readonly body: Resolution
  readonly key: FreeKey
}

/** 202 while it is being sent or nobody knows what became of it. */
export function answerFor(entry: Entry, now: Date): Answer {
  const open = ['sending', 'unknown'].includes(stateAt(entry, now))
  return open ? answerOperation(entry, now) : respond(Operation, toOperation(entry, now))
}

export async function reload(sql: Sql, call: Call, uuid: string): Promise<Entry> {
  const entry = await findEntry(sql, call.caller, uuid)
  if (!entry) throw new TypeError('an operation that was written down is gone')
  return entry
}

function resolutionOf(services: Services, call: Call, { outcome, send_again }: Resolution) {
  const key_id = idFromUuid('key', call.caller.keyId)
  return { outcome, send_again: send_again ?? false, at: services.now().toISOString(), key_id }
}

/** What goes into the commit that changes the operation: who did it, and the claim on their key. */
async function record(tx: Tx, services: Services, call: Call, { entry, body, key }: Told): Promise<Claim> {
  const resource = { prefix: 'operation' as const, uuid: entry.id }
  const data = {
    operation: entry.operation,
    provider: entry.provider,
    resource: idFromUuid(entry.resource.prefix, entry.resource.uuid),
    outcome: body.outcome,
    provider_id: body.provider_id ?? null,
    send_again: body.send_again ?? false,
    note: body.note ?? null,
  }
  appendAudit(tx, call, { action: 'operations.resolved', resource, data, at: services.now() })
  return key.take(tx, resource)
}

/** Somebody was quicker: to say the same once more changes nothing, to say otherwise contradicts them. */
async function answerAfterFirst(tx: Tx, services: Services, call: Call, told: Told): Promise<Answer> {
  const entry = await reload(tx, call, told.entry.id)
  if (!isResolvedAs(entry, told.body))
    throw new ProblemError('state_conflict', 'Somebody else resolved the operation meanwhile.')
  return answerSame(tx, services, { ...told, entry })
}

/** The operation as it stands, for a person who says what was said before. */
export async function answerSame(tx: Tx, services: Services, { entry, key }: Told): Promise<Answer> {
  const claim = await key.take(tx, { prefix: 'operation', uuid: entry.id })
  const answer = answerFor(entry, services.now())
  claim.settle(tx, answer)
  return answer
}

/** What follows stands with the resource, not in this answer. */
async function goOn(services: Services, call: Call, next: Entry): Promise<void> {
  try {
    await services.journal.advance(next, call, async () => undefined)
  } catch (err) {
    if (err instanceof LeaseLost) return
    const named = { request_id: call.requestId, operation_id: next.id }
    services.logger.warn({ ...named, err }, 'what follows a resolved operation could not be carried on')
  }
}

/** Settles the operation; when it happened, what was to follow it goes on. */
export async function settleAsTold(services: Services, call: Call, told: Told): Promise<Answer> {
  const { entry, body } = told
  const { answer, next } = await services.database.transaction(async tx => {
    const finding = {
      resolution: resolutionOf(services, call, body),
      providerIds: body.provider_id ? [body.provider_id] : [],
    }
    const resolved = await services.journal.resolve(tx, entry, finding)
    if (!resolved) return { answer: await answerAfterFirst(tx, services, call, told), next: null }
    // Somebody may have said the same of another operation since that was looked at.
    if (body.provider_id) await demandFree(tx, resolved, body.provider_id)
    const claim = await record(tx, services, call, told)
    const following = body.outcome === 'happened' ? await services.journal.next(tx, resolved) : null
    const settled = answerFor(resolved, services.now())
    claim.settle(tx, settled)
    return { answer: settled, next: following }
  })
  if (next) await goOn(services, call, next)
  return answer
}

/** Sends the operation again under a new reference, and what was to follow it when it succeeds. */
export async function sendAsTold(services: Services, call: Call, told: Told): Promise<Answer> {
  const { database, journal, now } = services
  const { entry, body } = told
  const begun = await database.transaction(async tx => {
    const resolution = resolutionOf(services, call, body)
    const again = await journal.resend(tx, entry, { reference: nextReference(entry), resolution })
    if (!again) return { answer: await answerAfterFirst(tx, services, call, told) }
    return { again, claim: await record(tx, services, call, told) }
  })
  if ('answer' in begun) return begun.answer
  const settleAsItStands = async (tx: Tx) => {
    const answer = answerFor(await reload(tx, call, entry.id), now())
    begun.claim.settle(tx, answer)
    return answer
  }
  try {
    return await journal.advance(begun.again, call, settleAsItStands)
  } catch (err) {
    if (err instanceof LeaseLost) return database.transaction(settleAsItStands)
    throw err
  }
}
