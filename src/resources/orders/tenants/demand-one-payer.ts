import type { Sql } from '#db/tx'
import type { Call } from '#http/caller'
import { ProblemError } from '#http/problem-error'
import { identityOf, type Named } from '#resources/orders/check-tenants'
import { isInQuestion } from '#resources/orders/tenants/store'
import { tenantsOfOrders } from '#tenants/store'

/** Somebody who is to be a tenant of an order, and which of its tenants they are already, if any. */
export interface Candidate {
  readonly orderUuid: string
  readonly person: Named
  readonly uuid: string | null
}

/**
 * Throws `state_conflict` for somebody who pays for the order already, or may do so as nobody knows: they would pay twice.
 * Whoever was only invited may well be added.
 */
export async function demandOnePayer(
  sql: Sql,
  { caller }: Call,
  { orderUuid, person, uuid }: Candidate,
): Promise<void> {
  const identity = identityOf(person)
  for (const known of await tenantsOfOrders(sql, caller.accountId, [orderUuid])) {
    if (known.uuid === uuid || identityOf(known.tenant) !== identity) continue
    const pays = known.tenant.provider_ids.length > 0
    if (pays || (await isInQuestion(sql, caller, { uuid: known.uuid, orderUuid })))
      throw new ProblemError(
        'state_conflict',
        `${known.tenant.id} is the same person and pays for this order already, or may do so.`,
      )
  }
}
