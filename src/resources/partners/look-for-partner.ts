import { weigh } from '#journal/candidates'
import type { Lookup } from '#journal/lookup'
import { idOrNull } from '#resources/partners/check-partner'

/**
 * A partner is found by its SIRET, which no two companies share: one that was not there before is the one that was made.
 * All that is told of it is its id.
 */
export const lookForPartner: Lookup<'partners.create'> = async (look, { siret_number, existing_id }) => {
  if (!siret_number)
    return { seen: 'doubt', hint: 'It was sent without a SIRET, so it cannot be told from others.' }
  const id = await idOrNull(look.read('partners.check', { siret_number }).then(({ value }) => value))
  if (id !== null && id === existing_id)
    return { seen: 'doubt', hint: `Partner ${id} had this SIRET before it was sent.` }
  const weighed = await weigh(look, {
    kind: 'partner',
    candidates: id === null ? [] : [{ id, sure: true }],
    isRival: other => other.siret_number === siret_number,
  })
  return weighed.seen === 'it'
    ? { seen: 'it', providerIds: [weighed.candidate.id], kind: 'partner' }
    : weighed
}
