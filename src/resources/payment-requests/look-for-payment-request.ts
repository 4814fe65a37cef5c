import { isMadeSince, weigh } from '#journal/candidates'
import type { Entry } from '#journal/entry'
import type { Lookup } from '#journal/lookup'
import { earlierReferences } from '#journal/reference'
import { idFromUuid } from '#values/ids'

/** Whether a name is our id of the operation or of its order; one of the caller's own is the same in every attempt. */
function isOurs(reference: string, { id, subject }: Entry): boolean {
  const order = subject?.prefix === 'order' ? [idFromUuid('order', subject.uuid)] : []
  return [idFromUuid('operation', id), ...order].some(name => reference.startsWith(name))
}

/** A payment request is found by the name that it was made under; those of one order have the same one. */
export const lookForPaymentRequest: Lookup<'paymentRequests.create'> = async (look, sent) => {
  const { reference } = sent
  const earlier = isOurs(reference, look.entry) ? earlierReferences(reference) : []
  // What is looked for within texts: by its first name every attempt is found.
  const { value: found } = await look.read('paymentRequests.list', { search: earlier[0] ?? reference })
  const kind = 'payment_request'
  const candidates = found
    .filter(request => request.reference === reference)
    .filter(({ created_at }) => created_at === null || isMadeSince(look.entry, created_at))
    .map(request => ({
      id: request.id,
      sure: request.amount?.amount === sent.amount.amount && request.partner_uuid === sent.partner_uuid,
      request,
    }))
  const late = found.filter(request => earlier.some(name => name === request.reference))
  const named = late.map(request => `payment request ${request.id} (${request.reference})`).join(', ')
  const hint = late.length > 0 ? `An earlier attempt was carried out too: ${named}.` : null
  const weighed = await weigh(look, { kind, candidates, isRival: other => other.reference === reference })
  if (weighed.seen === 'nothing' && hint !== null) return { seen: 'doubt', hint }
  if (weighed.seen !== 'it') return weighed
  const { id, request } = weighed.candidate
  return { seen: 'it', providerIds: [id], kind, value: request, hint }
}
