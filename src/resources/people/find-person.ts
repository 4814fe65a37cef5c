import type { Sql } from '#db/tx'
import type { Vault } from '#db/vault'
import type { Caller } from '#http/caller'
import { type HeldInvite, type HeldTenant, invitesTo, tenantsByEmail } from '#resources/people/store'
import { marksOf } from '#tenants/erased-marks'

/** Whoever is known by one e-mail address, in all orders and leads of an account in one mode. */
export interface HeldPerson {
  /** In lower case. */
  readonly email: string
  readonly tenants: readonly HeldTenant[]
  readonly invites: readonly HeldInvite[]
  /** UUIDs of the tenants and invitations themselves. */
  readonly people: readonly string[]
  readonly orders: readonly string[]
  readonly leads: readonly string[]
}

const distinct = (uuids: readonly (string | null)[]) =>
  [...new Set(uuids)].flatMap(uuid => uuid ?? []).toSorted()

/** Finds also whoever was erased, as far as something is left of them: that there was somebody. */
export async function findPerson(
  sql: Sql,
  vault: Vault,
  scope: Pick<Caller, 'accountId' | 'mode'>,
  email: string,
): Promise<HeldPerson> {
  const tenants = await tenantsByEmail(sql, scope, { email, marks: marksOf(vault, scope, email) })
  const invites = await invitesTo(sql, scope, tenants)
  return {
    email: email.toLowerCase(),
    tenants,
    invites,
    people: [...tenants, ...invites].map(({ uuid }) => uuid),
    orders: distinct([...tenants, ...invites].map(({ orderUuid }) => orderUuid)),
    leads: distinct(tenants.map(({ leadUuid }) => leadUuid)),
  }
}
