import { Preview } from '#contract/providers'
import type { Metadata } from '#contract/vocabulary'
import { type Answer, respond } from '#http/answer'
import type { Call } from '#http/caller'
import { invalid } from '#http/problem-error'
import { previewStep } from '#journal/preview-step'
import type { OperationName } from '#providers/port/index'
import { ownMybeezbox } from '#resources/provider-objects/at-mybeezbox'
import { type Checks, type Deed, performAt } from '#resources/provider-objects/perform-at'
import { isOwnOrder } from '#resources/provider-objects/store'
import type { Services } from '#services'
import { uuidFromId } from '#values/ids'

/** The order that `metadata.order_id` names. Throws `validation_failed` when there is none. */
async function orderNamed(services: Services, call: Call, metadata: Metadata): Promise<string | null> {
  const named = metadata['order_id']
  if (named === undefined) return null
  const uuid = uuidFromId('order', named)
  if (uuid && (await isOwnOrder(services.database.sql, call.caller, uuid))) return uuid
  throw invalid({ pointer: '/metadata/order_id', code: 'not_found', message: 'is no order of yours' })
}

/** What `preview=true` is answered. Sends and stores nothing. */
export async function previewAt<K extends OperationName>(
  services: Services,
  call: Call,
  { operation, input }: Pick<Deed<K>, 'operation' | 'input'>,
): Promise<Answer> {
  const connection = ownMybeezbox(services, call)
  return respond(Preview, await previewStep(services, call, { connection, operation, input }))
}

/**
 * The same at MyBeezBox, for the order that `metadata.order_id` names where it names one. A deed that depends on how
 * things stand is made when it is known that the key has not been used.
 */
export function performOnce<K extends OperationName>(
  services: Services,
  call: Call,
  wanted: Deed<K> | (() => Promise<Deed<K>>),
  checks?: Checks,
): Promise<Answer> {
  const place = async () => {
    const deed = typeof wanted === 'function' ? await wanted() : wanted
    const connection = ownMybeezbox(services, call)
    const orderUuid = await orderNamed(services, call, deed.about?.metadata ?? {})
    return { deed, connection, subject: orderUuid ? { prefix: 'order' as const, uuid: orderUuid } : null }
  }
  return performAt(services, call, place, checks)
}

/** Does it, or with `preview=true` only says what would be sent. */
export function performOrPreview<K extends OperationName>(
  services: Services,
  call: Call,
  { preview }: { readonly preview?: 'true' | 'false' },
  deed: Deed<K>,
  checks?: Checks,
): Promise<Answer> {
  return preview === 'true' ? previewAt(services, call, deed) : performOnce(services, call, deed, checks)
}
