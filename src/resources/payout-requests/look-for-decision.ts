import type { Look, Lookup, Sight } from '#journal/lookup'

/** A payout request that is decided tells so itself: whoever decided it, this is done. */
async function findDecision<K extends 'payoutRequests.validate' | 'payoutRequests.cancel'>(
  look: Look<K>,
  id: string,
  [wanted, other]: readonly ['validated', 'cancelled'] | readonly ['cancelled', 'validated'],
): Promise<Sight> {
  const { value: request } = await look.read('payoutRequests.get', { id })
  if (request.state === wanted) return { seen: 'it', providerIds: [id], value: { id } }
  if (request.state === 'to_be_validated') return { seen: 'nothing' }
  const word = request.state === other ? other : (request.provider_state ?? 'in a state that is not told')
  return { seen: 'doubt', hint: `The payout request ${id} is ${word}.` }
}

export const lookForValidation: Lookup<'payoutRequests.validate'> = (look, { id }) =>
  findDecision(look, id, ['validated', 'cancelled'])

export const lookForCancellation: Lookup<'payoutRequests.cancel'> = (look, { id }) =>
  findDecision(look, id, ['cancelled', 'validated'])
