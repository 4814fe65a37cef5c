import { weigh } from '#journal/candidates'
import type { Look, Lookup, Sight } from '#journal/lookup'
import { earlierReferences } from '#journal/reference'
import type { ProviderNetworkGiftcardUsage, UsageDraft } from '#providers/port/network-giftcards'
import { idFromUuid } from '#values/ids'

type Sent = UsageDraft & { readonly partner_source_id?: string; readonly partner_id?: string }

/** Whether everything that both tell is the same. */
function agrees(usage: ProviderNetworkGiftcardUsage, sent: Sent): boolean {
  const bySource = sent.partner_source_id === undefined || usage.partner_source_id === sent.partner_source_id
  const byId = sent.partner_id === undefined || usage.partner_id === sent.partner_id
  return usage.value?.amount === sent.value.amount && bySource && byId
}

const isSameUse = (one: Sent, other: Sent) =>
  one.code === other.code && one.reservation_id === other.reservation_id

/** Earlier attempts that were carried out late, in words. A name of the caller's own is the same in all of them. */
function lateAmong(usages: readonly ProviderNetworkGiftcardUsage[], operationId: string, name: string) {
  const earlier = name.startsWith(operationId) ? earlierReferences(name) : []
  const late = usages.filter(({ reservation_id }) => earlier.some(one => one === reservation_id))
  if (late.length === 0) return null
  const named = late.map(({ id, reservation_id }) => `usage ${id} (${reservation_id})`)
  return `An earlier attempt was carried out too: ${named.join(', ')}.`
}

/** A use is found among those of its card by the reservation that it was made under. */
async function findUsage<K extends 'networkGiftcards.use' | 'networkGiftcards.useWithPartnerId'>(
  look: Look<K>,
  sent: Sent,
  isRival: Parameters<typeof weigh<K, never>>[1]['isRival'],
): Promise<Sight> {
  const { value: usages } = await look.read('networkGiftcards.usages', { code: sent.code })
  const named = usages.filter(({ reservation_id }) => reservation_id === sent.reservation_id)
  const hint = lateAmong(usages, idFromUuid('operation', look.entry.id), sent.reservation_id)
  const kind = 'network_giftcard_usage'
  const candidates = named.map(usage => ({ id: usage.id, sure: agrees(usage, sent), usage }))
  const weighed = await weigh(look, { kind, candidates, isRival })
  if (weighed.seen === 'nothing' && hint !== null) return { seen: 'doubt', hint }
  if (weighed.seen !== 'it') return weighed
  const { id, usage } = weighed.candidate
  return { seen: 'it', providerIds: [id], kind, value: usage, hint }
}

export const lookForUse: Lookup<'networkGiftcards.use'> = (look, sent) =>
  findUsage(look, sent, other => isSameUse(other, sent))

export const lookForUseWithPartnerId: Lookup<'networkGiftcards.useWithPartnerId'> = (look, sent) =>
  findUsage(look, sent, other => isSameUse(other, sent))
