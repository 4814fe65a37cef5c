import type { Tx } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { findPerson, type HeldPerson } from '#resources/people/find-person'
import { lockPeople, lockPlaces } from '#resources/people/store'

const ATTEMPTS = 5

const rowsOf = ({ people, orders, leads }: HeldPerson) => JSON.stringify([people, orders, leads])

/**
 * Holds everything of a person until the commit, so that nothing is sent, retried or read into it meanwhile. What came
 * to them while it was waited for is held as well. Throws `state_conflict` when that does not end.
 */
export async function holdPerson(
  tx: Tx,
  vault: Vault,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  email: string,
): Promise<HeldPerson> {
  let person = await findPerson(tx, vault, scope, email)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { tenants, invites } = person
    await lockPlaces(tx, scope, person)
    await lockPeople(tx, scope, {
      tenants: tenants.map(({ uuid }) => uuid),
      invites: invites.map(({ uuid }) => uuid),
    })
    const held = await findPerson(tx, vault, scope, email)
    if (rowsOf(held) === rowsOf(person)) return held
    person = held
  }
  throw new ProblemError('state_conflict', 'Orders or leads of this person are being made just now.', {
    headers: { 'retry-after': '1' },
  })
}
